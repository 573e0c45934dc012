import { settled, VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { Audit, reportedLines } from './audit.js'
import { auditedText } from './audit-entry.js'

const ANN = { user: 'ann', role: 'owner', server: 'altis', front: 'http', from: '192.0.2.1:1' } as const
const STRANGER = { user: null, role: null, server: null, front: 'battleye', from: '192.0.2.66:1' } as const
const AT = '2026-01-01T00:00:00.000Z'
const DONE = { outcome: 'answered', elapsedMs: 12 } as const

/** An audit whose disk can be full, and whose turns of the event loop end when the test says so. */
function start() {
  const pieces: string[][] = []
  const clock = new VirtualClock()
  const disk = { isFull: false }
  const ends: (() => void)[] = []
  const append = (lines: string) => {
    if (disk.isFull) throw new Error('no space left')
    pieces.push(lines.split('\n'))
  }
  const audit = new Audit({ append, close: () => {} }, clock, (end) => ends.push(end))
  const endTurn = async () => {
    for (const end of ends.splice(0)) end()
    await settled()
  }
  const begin = () => {
    const { id, written } = audit.begin(ANN, 'players')
    const seen = { id, state: 'waiting' }
    void written.then(
      () => {
        seen.state = 'written'
      },
      (error) => {
        seen.state = error.code
      },
    )
    return seen
  }
  return {
    audit,
    begin,
    endTurn,
    ends,
    disk,
    clock,
    pieces,
    written: () => pieces.flat().map((line) => JSON.parse(line)),
  }
}

describe('the audit', () => {
  it('has two lines of a command with the same id', async () => {
    const { audit, begin, endTurn, clock, written } = start()
    const { id } = begin()
    await endTurn()
    expect(written()).toEqual([{ at: AT, id, ...ANN, event: 'command', command: 'players' }])
    clock.advance(7)
    audit.record(ANN, { outcome: 'unknown', code: 'command-timeout', elapsedMs: 7 }, id)
    audit.record(ANN, { outcome: 'not-sent' }, id)
    clock.advance(0)
    expect(written().slice(1)).toEqual([
      {
        at: '2026-01-01T00:00:00.007Z',
        id,
        ...ANN,
        event: 'outcome',
        outcome: 'unknown',
        code: 'command-timeout',
        elapsedMs: 7,
      },
      { at: '2026-01-01T00:00:00.007Z', id, ...ANN, event: 'outcome', outcome: 'not-sent' },
    ])
    expect(begin().id).not.toBe(id)
  })

  it('writes the commands of one turn of the event loop in one piece, and lets none be sent before', async () => {
    const { audit, begin, endTurn, pieces } = start()
    const first = begin()
    await settled()
    audit.note(STRANGER, { event: 'login', outcome: 'refused', code: 'unauthorized' })
    const second = begin()
    await settled()
    expect([pieces.length, first.state, second.state]).toEqual([0, 'waiting', 'waiting'])
    await endTurn()
    expect([pieces.map(({ length }) => length), first.state, second.state]).toEqual([
      [3],
      'written',
      'written',
    ])
    const third = begin()
    await endTurn()
    expect([pieces.map(({ length }) => length), third.state]).toEqual([[3, 1], 'written'])
  })

  it('refuses every command of a turn that it cannot write, and writes none of them later', async () => {
    const { begin, endTurn, disk, written } = start()
    const before = begin()
    await endTurn()
    disk.isFull = true
    const lost = [begin(), begin(), begin()]
    await endTurn()
    expect(lost.map(({ state }) => state)).toEqual(['audit-failure', 'audit-failure', 'audit-failure'])
    disk.isFull = false
    const after = begin()
    await endTurn()
    expect(written().map(({ id }) => id)).toEqual([before.id, after.id])
    expect([before.state, after.state]).toEqual(['written', 'written'])
  })

  it('loses no outcome of what has begun, and writes it before all later lines', async () => {
    const { audit, begin, endTurn, disk, clock, written } = start()
    const [one, two] = [begin(), begin()]
    await endTurn()
    disk.isFull = true
    for (const { id } of [one, two]) audit.record(ANN, DONE, id)
    clock.advance(0)
    const refused = begin()
    await endTurn()
    expect([written().length, refused.state, audit.waiting]).toEqual([2, 'audit-failure', 2])
    disk.isFull = false
    const third = begin()
    await endTurn()
    expect(written().map(({ id, event }) => [id, event])).toEqual([
      [one.id, 'command'],
      [two.id, 'command'],
      [one.id, 'outcome'],
      [two.id, 'outcome'],
      [third.id, 'command'],
    ])
  })

  it('writes outcomes together, with the next command if that comes first, and at its end', async () => {
    const { audit, begin, endTurn, clock, pieces } = start()
    const ids = [begin(), begin()].map(({ id }) => id)
    await endTurn()
    for (const id of ids) audit.record(ANN, DONE, id)
    begin()
    await endTurn()
    expect(pieces.map(({ length }) => length)).toEqual([2, 3])
    for (const id of ids) audit.record(ANN, DONE, id)
    clock.advance(0)
    audit.record(ANN, DONE, 'last')
    audit.close()
    expect(pieces.map(({ length }) => length)).toEqual([2, 3, 2, 1])
    expect(clock.timers).toBe(0)
  })

  it('says at its end how many outcomes it could not write, and nothing if there are none', async () => {
    const { audit, begin, endTurn, disk } = start()
    const { id } = begin()
    await endTurn()
    disk.isFull = true
    audit.record(ANN, DONE, id)
    expect(audit.close()).toMatchObject({
      code: 'audit-failure',
      message: 'The audit was closed without the outcomes of 1 commands',
      cause: new Error('no space left'),
    })
    disk.isFull = false
    expect(audit.close()).toBeUndefined()
  })

  it('says why a command is not sent, and what to do', async () => {
    const { audit, endTurn, disk } = start()
    disk.isFull = true
    const { written } = audit.begin(ANN, 'players')
    const outcome = written.catch((error: unknown) => error)
    await endTurn()
    expect(await outcome).toMatchObject({
      code: 'audit-failure',
      message:
        'The audit cannot be written, so the command was not sent; make room on its disk, or check who may write there',
      cause: new Error('no space left'),
    })
  })

  it('has what happened beside commands, with all that is known of it', async () => {
    const { audit, endTurn, written } = start()
    audit.note(STRANGER, { event: 'login', outcome: 'refused', code: 'unauthorized' })
    await endTurn()
    expect(written()).toEqual([
      {
        at: AT,
        id: expect.any(String),
        ...STRANGER,
        event: 'login',
        outcome: 'refused',
        code: 'unauthorized',
      },
    ])
  })

  it('asks once for the end of a turn, however much happens in it, and writes nothing where nothing happened', async () => {
    const { audit, begin, ends, endTurn, pieces } = start()
    begin()
    audit.note(STRANGER, { event: 'login' })
    begin()
    expect(ends).toHaveLength(1)
    await endTurn()
    begin()
    expect(ends).toHaveLength(1)
    await endTurn()
    audit.close()
    expect(pieces.map(({ length }) => length)).toEqual([3, 1])
  })

  it('takes a timer for the end of a turn, unless it is given another', () => {
    const lines: string[] = []
    const clock = new VirtualClock()
    const audit = new Audit({ append: (line) => lines.push(line), close: () => {} }, clock)
    void audit.begin(ANN, 'players').written
    expect(lines).toEqual([])
    clock.advance(0)
    expect(lines).toHaveLength(1)
  })

  it('keeps nothing of strangers while it cannot write', async () => {
    const { audit, endTurn, disk } = start()
    disk.isFull = true
    for (let guess = 0; guess < 1_000; guess++) audit.note(STRANGER, { event: 'login', outcome: 'refused' })
    await endTurn()
    expect(audit.waiting).toBe(0)
  })
})

it.each([
  ['kick 3 afk', 'kick 3 afk'],
  ['RConPassword hunter2', 'RConPassword …'],
  [' rconpassword\thunter2', 'RConPassword …'],
  ['x\0RConPassword hunter2', 'x\0RConPassword …'],
  ['#login hunter2', '#login …'],
  ['#login hunter2 two', '#login …'],
  ['\0#LOGIN hunter2 two', '\0#LOGIN …'],
  [5, '(number)'],
  // Nobody hides what they do behind a word.
  ['kick 5 #login', 'kick 5 #login'],
  ['kick 5 #login haha', 'kick 5 #login …'],
  ['ban 5 0 rconpassword is hunter2', 'ban 5 0 rconpassword … hunter2'],
  ['say -1 rconpassword:x #login y z', 'say -1 rconpassword:x #login … z'],
  ['#beserver RConPassword hunter2', '#beserver RConPassword …'],
  ['#RConPassword hunter2 two', '#RConPassword …'],
])('%j stands in it as %j', (text, shown) => {
  expect(auditedText(text)).toBe(shown)
})

it.each(['', ' #login hunter2'])('no more than 1,500 characters of a long text stand in it, %j', (end) => {
  expect(auditedText(`${'x'.repeat(2_000)}${end}`)).toBe('x'.repeat(1_500))
})

it('reports what keeps lines from being written, once a minute while that lasts', () => {
  const clock = new VirtualClock()
  const cause = new Error('no space left')
  const disk = { isFull: false, closes: 0 }
  const reported: Error[] = []
  const append = () => {
    if (disk.isFull) throw cause
  }
  const lines = reportedLines({ append, close: () => disk.closes++ }, clock, (error) => reported.push(error))
  lines.append('one')
  disk.isFull = true
  for (let second = 0; second < 90; second++) {
    expect(() => lines.append('two')).toThrow(cause)
    clock.advance(1_000)
  }
  expect(reported).toHaveLength(2)
  expect(reported[0]).toMatchObject({
    code: 'audit-failure',
    message: 'The audit cannot be written, so commands are refused until it can: no space left',
    cause,
  })
  lines.close()
  expect(disk.closes).toBe(1)
})
