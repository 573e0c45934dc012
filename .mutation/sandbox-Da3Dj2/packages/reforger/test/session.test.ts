// @ts-nocheck
import { encodeText } from '@bercon/protocol'
import { describe, expect, test } from 'vitest'
import { ReforgerSession } from '../src/dialect/reforger-session.js'
import { createDialect, dialect } from '../src/index.js'
import { echoed, playerList, ReforgerWire, type ReforgerWireOptions, type Said } from './reforger-wire.js'

const LIST = playerList(3)

function outputOf(command: string): readonly string[] {
  if (command.endsWith('players')) return [LIST]
  if (command.startsWith('#kick')) return ["Player 'Ann' kicked!"]
  return command === '#quiet' ? [] : ['unknown command']
}

function start(options: Partial<ReforgerWireOptions> = {}): ReforgerWire {
  const wire = new ReforgerWire({
    answer: (command) => echoed(command, outputOf(command).map(encodeText)),
    ...options,
  })
  wire.login()
  return wire
}

describe('a command', () => {
  test('with a known answer ends at once', () => {
    const wire = start()
    const askedAt = wire.now
    expect(wire.ask('#kick 3', { resend: false })).toBe("Player 'Ann' kicked!")
    expect(wire.now - askedAt).toBeLessThan(100)
    expect(wire.executed).toEqual(['#kick 3'])
  })

  test('that is unknown fails with the server’s text', () => {
    expect(start().ask('#nonsense', { resend: false })).toBe('unknown command')
  })

  test('that is unknown may also be refused in the response', () => {
    const wire = start({ answer: () => [], reply: () => 'unknown command' })
    expect(wire.ask('#nonsense', { resend: false })).toBe('unknown command')
  })

  test('without output returns an empty text after completeAfterMs', () => {
    const wire = start()
    const askedAt = wire.now
    expect(wire.ask('#quiet', { resend: false })).toBe('')
    expect(wire.now - askedAt).toBeGreaterThan(1_000)
    expect(wire.now - askedAt).toBeLessThan(1_200)
  })

  test('that is not echoed fails as incomplete at its deadline, and its messages become events', () => {
    const wire = start({ answer: () => [{ afterMs: 5, bytes: encodeText('something') }] })
    expect(wire.ask('#quiet', { resend: false })).toBe('incomplete, executed')
    expect(wire.lines).toContain('something')
    expect(wire.answers.get(1)?.elapsedMs).toBe(10_000)
  })

  test('without any answer fails as timed out', () => {
    const wire = start({ link: { loss: 0 } })
    wire.server.close()
    expect(wire.ask('#quiet', { resend: false })).toBe('timed-out, unknown')
  })

  test('can request that its end is verified', () => {
    const wire = start()
    expect(wire.ask('#quiet', { resend: false, verifyEnd: true })).toBe('')
    expect(wire.executed).toEqual(['#quiet', '#players'])
  })

  test('whose list is fetched from elsewhere is awaited', () => {
    const page = 'Total bans: 0 | Page: 1/1'
    const wire = start({
      answer: (command) => [
        ...echoed(command, [encodeText(command === '#players' ? LIST : 'Processing ban list')]),
        ...(command === '#players' ? [] : [{ afterMs: 5_000, bytes: encodeText(page) }]),
      ],
    })
    expect(wire.ask('#ban list 1')).toBe(`Processing ban list\n${page}`)
    expect(wire.executed).toEqual(['#ban list 1', '#players'])
  })

  test('does not verify lists if so configured', () => {
    const wire = start()
    expect(wire.ask('players', { verifyEnd: false })).toBe(LIST)
    expect(wire.executed).toEqual(['#players'])
  })
})

describe('on a server whose whitelist has #players alone', () => {
  function guarded(
    refusal: (command: string) => readonly Said[],
    options: Partial<ReforgerWireOptions> = {},
  ) {
    const takes = (command: string) => ['#players', '@logout'].includes(command)
    const list = encodeText(LIST)
    return start({
      answer: (command) => (takes(command) ? echoed(command, [list]) : refusal(command)),
      ...options,
    })
  }

  test.each<[string, (command: string) => readonly Said[]]>([
    ['says nothing', () => []],
    ['echoes', (command) => echoed(command, [])],
    ['echoes and refuses', (command) => echoed(command, [encodeText('Unknown command')])],
    ['refuses without an echo', () => [{ afterMs: 0, bytes: encodeText('unknown command') }]],
  ])('a list is complete if it %s to the other spelling', (_what, refusal) => {
    const wire = guarded(refusal)
    for (let call = 0; call < 3; call++) expect(wire.ask('players')).toBe(LIST)
    expect(wire.lines).toEqual(['Logged In! Client ID: #0'])
  })

  test('the other spelling is tried once if it has no effect', () => {
    const wire = guarded(() => [])
    for (let call = 0; call < 2; call++) wire.ask('#players')
    expect(wire.executed).toEqual(['#players', 'players', '#players', '#players', '#players'])
  })

  test('commands continue if the RCON was detected by a command that it does not accept', () => {
    const wire = guarded(() => [], { greeting: null })
    expect(wire.ask('players')).toBe(LIST)
  })
})

describe('at its end', () => {
  test.each([
    ['a session with the built-in RCON logs out', {}, ['@logout']],
    ["one with BattlEye's sends nothing", { reforger: { rcon: 'battleye' } } as const, []],
  ])('%s', (_what, options, sent) => {
    const wire = start(options)
    wire.client.leave(wire.now)
    wire.run(wire.now + 100)
    expect(wire.executed).toEqual(sent)
    wire.client.close(wire.now)
    expect(wire.client.nextTimeout()).toBeUndefined()
  })
})

test.each([
  ['the RCON is detected', { greeting: null }, 'players'],
  ['the end of a list is verified', {}, 'players'],
  ['a command without output is complete', {}, '#quiet'],
] as const)('nothing is due in a session that is closed before %s', (_what, options, command) => {
  const wire = start(options)
  const id = wire.send(command)
  wire.run(wire.now + 100)
  wire.client.close(wire.now)
  wire.run(wire.now)
  expect([wire.answers.has(id), wire.client.nextTimeout()]).toEqual([true, undefined])
  for (const later of [1_000, 5_000, 50_000]) wire.client.handleTimeout(wire.now + later)
  expect([wire.client.takeDatagrams(), wire.client.takeEvents()]).toEqual([[], []])
})

describe('commands of several callers', () => {
  test('take turns, in the order of the calls', () => {
    const wire = start()
    const ids = ['players', '#kick 3', '#quiet', 'players'].map((command) => wire.send(command))
    wire.run(60_000, () => ids.every((id) => wire.answers.has(id)))
    expect(ids.map((id) => wire.answerTo(id))).toEqual([LIST, "Player 'Ann' kicked!", '', LIST])
    expect(wire.executed).toEqual(['#players', 'players', '#kick 3', '#quiet', '#players', 'players'])
    expect(wire.lines).toEqual(['Logged In! Client ID: #0'])
  })

  test('whose deadline passes in the queue are never sent', () => {
    const wire = start()
    wire.send('players')
    const late = wire.send('#kick 3', { timeoutMs: 500 })
    wire.run(60_000, () => wire.answers.has(late))
    expect(wire.answerTo(late)).toBe('timed-out, not-sent')
    expect(wire.executed).not.toContain('#kick 3')
  })

  test('fail in the order of the calls if their deadlines are the same', () => {
    const wire = start({ answer: () => [] })
    const ids = ['#quiet', '#kick 3'].map((command) => wire.send(command, { timeoutMs: 3_000 }))
    wire.run(wire.now + 3_000)
    expect([...wire.answers]).toMatchObject([
      [ids[0], { reason: 'incomplete' }],
      [ids[1], { outcome: 'not-sent' }],
    ])
  })

  test('can be canceled, in their turn and before it', () => {
    const wire = start()
    const [first, second, third] = [wire.send('#quiet'), wire.send('players'), wire.send('#kick 3')]
    wire.run(wire.now + 100)
    wire.client.cancel(first, wire.now)
    wire.client.cancel(second, wire.now)
    wire.client.cancel(999, wire.now)
    wire.run(60_000, () => wire.answers.has(third))
    expect([first, second, third].map((id) => wire.answerTo(id))).toEqual([
      'canceled, executed',
      'canceled, not-sent',
      "Player 'Ann' kicked!",
    ])
  })

  test('all fail when the session ends, each once', () => {
    const wire = start()
    const [first, second] = [wire.send('#quiet'), wire.send('players')]
    wire.run(wire.now + 100)
    wire.client.close(wire.now)
    wire.run(wire.now + 1)
    expect([first, second].map((id) => wire.answerTo(id))).toEqual(['closed, executed', 'closed, not-sent'])
    expect(() => wire.send('players')).toThrow(expect.objectContaining({ code: 'closed' }))
    expect(wire.client.nextTimeout()).toBeUndefined()
  })

  test('wait for the login', () => {
    const wire = new ReforgerWire({ answer: (command) => echoed(command, [encodeText(LIST)]) })
    const id = wire.send('players')
    wire.login()
    wire.run(60_000, () => wire.answers.has(id))
    expect(wire.answerTo(id)).toBe(LIST)
  })
})

describe('which RCON a server runs', () => {
  const battleye: Partial<ReforgerWireOptions> = {
    answer: () => [],
    reply: (command) => (command === 'players' ? '(0 players in total)' : ''),
  }

  test('is detected by BattlEye’s message, and then replies are passed through', () => {
    const wire = start({ ...battleye, greeting: 'RCon admin #0 (192.0.2.1:2304) logged in' })
    const ids = ['players', 'kick 3'].map((command) => wire.send(command))
    wire.run(wire.now + 100)
    expect(ids.map((id) => wire.answerTo(id))).toEqual(['(0 players in total)', ''])
  })

  test.each([
    ['(0 players in total)', battleye],
    [LIST, {}],
  ] as const)('is detected by the answer to players if no message shows it', (list, options) => {
    const wire = start({ ...options, greeting: null })
    expect(wire.ask('players')).toBe(list)
    expect(wire.executed[0]).toBe('players')
    expect([...wire.answers.keys()]).toEqual([1])
  })

  test('can be set', () => {
    const wire = start({ ...battleye, greeting: null, reforger: { rcon: 'battleye' } })
    expect(wire.ask('kick 3')).toBe('')
    expect(wire.now).toBeLessThan(100)
  })
})

describe('limits on what a server can do to a session', () => {
  test('an endless output fails', () => {
    const endless = Array.from({ length: 300 }, () => new Uint8Array(1_000))
    const wire = start({
      answer: (command) => echoed(command, endless, 5),
      session: { maxReplyBytes: 100_000 },
    })
    expect(wire.ask('#quiet')).toBe('reply-too-large, executed')
    expect(wire.lines.length).toBeGreaterThan(90)
  })

  test('output without a command becomes events', () => {
    const wire = start()
    wire.sayAt(wire.now + 10, 'Processing Command: players')
    wire.sayAt(wire.now + 20, LIST)
    wire.run(wire.now + 100)
    expect(wire.lines.slice(1)).toEqual(['Processing Command: players', LIST])
  })
})

test('keep-alives pass, and a day of silence costs nothing', () => {
  const wire = start()
  wire.run(wire.now + 3_600_000)
  expect([wire.client.state, wire.client.statistics.queued]).toEqual(['logged-in', 0])
  expect(wire.ask('players')).toBe(LIST)
})

test('bad input is refused by name', () => {
  const session = dialect.createSession({})
  expect(() => session.sendCommand(new Uint8Array(2_000), { resend: true }, 0)).toThrow(/at most 1391 bytes/)
  expect(() => session.sendCommand(new Uint8Array(1), { resend: true, timeoutMs: -1 }, 0)).toThrow(
    /timeoutMs/,
  )
  expect(() => createDialect({ completeAfterMs: 0 })).toThrow(/completeAfterMs/)
  expect(() => createDialect({ rcon: 'x' as never })).toThrow(/rcon/)
  expect(() => createDialect({ quitMs: 1 } as never)).toThrow(/quitMs/)
})

test('a worker finds the dialect, and your own by its module', async () => {
  expect(dialect.module).toMatch(/^file:.*reforger-dialect\.[jt]s$/)
  const found: { dialect: typeof dialect } = await import(dialect.module ?? '')
  expect(found.dialect.createSession({})).toBeInstanceOf(ReforgerSession)
  expect([createDialect().module, createDialect({ module: 'file:///own.js' }).module]).toEqual([
    undefined,
    'file:///own.js',
  ])
})
