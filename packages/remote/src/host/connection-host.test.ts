import { LoginRefusedError, RconError } from '@bercon/core'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { outcomeOf, RemoteScene, ScriptedConnection } from '../../test/scripted-connection.js'
import { channelPair } from '../testing/index.js'
import { hostConnection } from './host-connection.js'
import type { HostOptions } from './host-options.js'

/** A host, and the bare texts of its channel. */
function bareScene(options: HostOptions = {}) {
  const clock = new VirtualClock()
  const hosted = new ScriptedConnection()
  const { ends, cut } = channelPair(clock)
  const channel = hostConnection(hosted, ends[0], { clock, ...options })
  const texts: string[] = []
  ends[1].onText((text) => texts.push(text))
  const say = async (...messages: unknown[]) => {
    for (const message of messages)
      ends[1].send(typeof message === 'string' ? message : JSON.stringify(message))
    await clock.run(10)
  }
  return {
    clock,
    hosted,
    channel,
    texts,
    say,
    cut,
    end: ends[0],
    said: () => texts.map((text) => JSON.parse(text)),
  }
}

const HELLO = { type: 'hello', version: 1 }
const PLAYERS = { type: 'exchange', id: 1, text: 'players', resend: true, timeoutMs: 1_000 }
const TARGET = { host: '127.0.0.1', port: 2306, password: 'hunter2' }
const OPEN = { type: 'open', id: 1, target: TARGET }

describe('hostConnection', () => {
  it('answers hello with how things stand, as often as it is said', async () => {
    const { say, said } = bareScene()
    await say(HELLO, HELLO)
    expect(said()).toMatchObject([
      { type: 'state', version: 1, state: 'connected', control: false, window: 256 },
      { type: 'state' },
    ])
  })

  it('sends each event once, however often hello is said', async () => {
    const { hosted, say, said, clock } = bareScene()
    await say(HELLO, HELLO)
    hosted.message('one')
    await clock.run(10)
    expect(said().filter(({ type }) => type === 'event')).toHaveLength(1)
  })

  it('says why the last login was refused', async () => {
    const { hosted, say, said } = bareScene()
    await say(HELLO)
    expect('refusal' in said()[0]).toBe(false)
    hosted.refusal = new LoginRefusedError({ host: '127.0.0.1', port: 2306, attempts: 1, elapsedMs: 5 })
    await say(HELLO)
    expect(said()[1]).toMatchObject({ refusal: { code: 'login-refused', facts: { port: 2306 } } })
  })

  it('says what it says in one turn as one list, to a side that takes lists', async () => {
    const ends: (() => void)[] = []
    const { hosted, say, said, clock } = bareScene({ turnEnd: (end) => ends.push(end) })
    const endTurn = async () => {
      for (const end of ends.splice(0)) end()
      await clock.run(10)
    }
    await say({ ...HELLO, bundle: 2_000 })
    await endTurn()
    expect(said()).toMatchObject([{ type: 'state', bundle: 1_048_576 }])
    hosted.message('one')
    hosted.message('two')
    await clock.run(10)
    expect(said()).toHaveLength(1)
    await endTurn()
    const [, list] = said()
    expect(list).toMatchObject([
      { type: 'event', event: { text: 'one' } },
      { type: 'event', event: { text: 'two' } },
    ])
  })

  it.each([[{}], [{ turnEnd: undefined }]])(
    'says everything at once to sides that take none, with %j',
    async (options) => {
      const { hosted, say, said, clock } = bareScene({ turnEnd: () => {}, ...options })
      await say(HELLO)
      hosted.message('one')
      await clock.run(10)
      expect(said()).toMatchObject([{ type: 'state' }, { type: 'event' }])
      expect('bundle' in said()[0]).toBe(!('turnEnd' in options))
    },
  )

  it('ends when the channel throws what it is given at the end of a turn', async () => {
    const ends: (() => void)[] = []
    const { hosted, channel, end, say, clock } = bareScene({ turnEnd: (end) => ends.push(end) })
    await say({ ...HELLO, bundle: 2_000 })
    hosted.message('one')
    end.send = () => {
      throw new Error('the pipe is broken')
    }
    for (const endTurn of ends.splice(0)) endTurn()
    await clock.run(10)
    expect(await channel.ended).toMatchObject({ message: 'the pipe is broken' })
  })

  it('takes lists of messages', async () => {
    const { say, said } = bareScene()
    await say(HELLO, [HELLO, { ...PLAYERS, text: 'forbidden' }, { type: 'cancel', id: 1 }])
    expect(said()).toMatchObject([{ type: 'state' }, { type: 'state' }])
  })

  it('ends the channel with what it still had to say', async () => {
    const { hosted, channel, say, said, clock } = bareScene({ turnEnd: () => {} })
    await say({ ...HELLO, bundle: 2_000 })
    hosted.message('last')
    channel.close()
    await clock.run(10)
    expect(said()).toMatchObject([[{ type: 'state' }, { type: 'event' }, { type: 'close' }]])
  })

  it('says nothing before hello', async () => {
    const { hosted, texts, clock } = bareScene()
    hosted.message('hello')
    await clock.run(1_000)
    expect(texts).toEqual([])
  })

  const faults: readonly (readonly [what: string, problem: RegExp, messages: readonly unknown[]])[] = [
    ['what is no JSON', /is not a JSON object/, [HELLO, '{']],
    ['an array', /is not a JSON object/, [HELLO, []]],
    ['a list in a list', /is not a JSON object/, [HELLO, [[HELLO]]]],
    ['an id twice in a list', /the id 1 was used before/, [HELLO, [PLAYERS, PLAYERS]]],
    ['null', /is not a JSON object/, [HELLO, 'null']],
    ['an empty text, as binary frames come', /is not a JSON object/, [HELLO, '']],
    ['a message without a type', /no message of the type undefined/, [HELLO, {}]],
    ['a message that is unknown', /no message of the type "constructor"/, [HELLO, { type: 'constructor' }]],
    [
      'a message of the host',
      /no message of the type "answer"/,
      [HELLO, { type: 'answer', id: 1, reply: '' }],
    ],
    ['a command before hello', /"exchange" came before "hello"/, [PLAYERS]],
    ['replies that are no texts', /"replies" of a message "hello"/, [{ ...HELLO, replies: ['players', 3] }]],
    [
      'too many of them',
      /"replies" of a message "hello"/,
      [{ ...HELLO, replies: Array(101).fill('players') }],
    ],
    ['another version', /version 2 is spoken/, [{ type: 'hello', version: 2 }]],
    [
      'a missing field',
      /"resend" of a message "exchange" is missing or wrong/,
      [HELLO, { ...PLAYERS, resend: undefined }],
    ],
    ['a field of another type', /"text" of a message "exchange"/, [HELLO, { ...PLAYERS, text: ['players'] }]],
    ['a negative time', /"timeoutMs" of a message "exchange"/, [HELLO, { ...PLAYERS, timeoutMs: -1 }]],
    ['an id of 0', /"id" of a message "exchange"/, [HELLO, { ...PLAYERS, id: 0 }]],
    ['an id twice', /the id 1 was used before/, [HELLO, PLAYERS, PLAYERS]],
    ['an id that counts down', /the id 1 was used before/, [HELLO, { ...PLAYERS, id: 2 }, PLAYERS]],
    ['a login with a used id', /the id 1 was used before/, [HELLO, PLAYERS, { ...OPEN, id: 1 }]],
    ['a cancel of nothing', /a "cancel" names no command/, [HELLO, { type: 'cancel', id: 1 }]],
    [
      'a text that is too long',
      /a message has 1048577 characters, and 1048576 are allowed/,
      [HELLO, ' '.repeat(1_048_577)],
    ],
    ['an error that is none', /"error" of a message "close"/, [HELLO, { type: 'close', error: 'x' }]],
  ]

  it.each(faults)('ends the channel for %s, and says so', async (_, problem, messages) => {
    const { say, said, channel, hosted, clock } = bareScene()
    await say(...messages)
    expect(said().at(-1)).toMatchObject({
      type: 'close',
      error: { code: 'channel-failure', message: expect.stringMatching(problem) },
    })
    expect((await channel.ended)?.message).toMatch(problem)
    expect([hosted.state, clock.timers]).toEqual(['connected', 0])
  })

  it('ends the channel of one who has more under way than allowed', async () => {
    const { say, said, hosted } = bareScene({ limits: { maxExchanges: 2 } })
    await say(HELLO, PLAYERS, { ...PLAYERS, id: 2 }, { ...PLAYERS, id: 3 })
    expect(said().at(-1)).toMatchObject({
      type: 'close',
      error: { message: 'The channel was ended: more than 2 commands are under way' },
    })
    expect(hosted.asked.map(({ options }) => options.signal?.aborted)).toEqual([true, true])
  })

  it('gives up the commands of a channel that ends from the last to the first, so that none takes the place of another', async () => {
    const { hosted, say, cut } = bareScene()
    const givenUp: string[] = []
    await say(HELLO, PLAYERS, { ...PLAYERS, id: 2, text: 'bans' }, { ...PLAYERS, id: 3, text: 'admins' })
    for (const { request, options } of hosted.asked)
      options.signal?.addEventListener('abort', () => givenUp.push(request.text))
    cut()
    expect(givenUp).toEqual(['admins', 'bans', 'players'])
  })

  it('ends a channel that says nothing for too long, before hello as well as after', async () => {
    const { clock, channel, said } = bareScene({ limits: { silenceMs: 5_000 } })
    await clock.run(5_000)
    expect((await channel.ended)?.message).toMatch(/nothing came for 5000 ms/)
    await clock.run(10)
    expect(said()).toMatchObject([{ type: 'close' }])
    const other = bareScene({ limits: { silenceMs: 5_000 } })
    await other.clock.run(4_000)
    await other.say(HELLO)
    await other.clock.run(4_000)
    await other.say(HELLO)
    await other.clock.run(4_989)
    expect(other.said().at(-1)).toMatchObject({ type: 'state' })
    await other.clock.run(20)
    expect(other.said().at(-1)).toMatchObject({ type: 'close' })
  })

  it('sends a command only if it is allowed, and refuses if that cannot be decided', async () => {
    const verdicts: readonly (boolean | Error | (() => never))[] = [
      true,
      false,
      new RconError('command-disallowed', 'Moderators may not kick'),
      () => {
        throw new Error('the disk is full')
      },
      'yes' as never,
    ]
    let next = 0
    const { say, said, hosted } = bareScene({
      allow: () => {
        const verdict = verdicts[next++]
        return typeof verdict === 'function' ? verdict() : (verdict as boolean)
      },
    })
    await say(HELLO, ...[1, 2, 3, 4, 5].map((id) => ({ ...PLAYERS, id })))
    expect(hosted.asked).toHaveLength(1)
    expect(said().slice(1)).toMatchObject([
      { id: 2, error: { code: 'command-disallowed', facts: { command: 'players' } } },
      { id: 3, error: { code: 'command-disallowed', message: 'Moderators may not kick' } },
      { id: 4, error: { message: 'the disk is full' } },
      { id: 5, error: { code: 'command-disallowed' } },
    ])
  })

  it('lets through the events that are wanted, and always those of the connection itself', async () => {
    const { say, said, hosted, clock } = bareScene({
      events: (event) => {
        if (event.type === 'command') throw new Error('broken')
        return event.type === 'message' && event.text === 'wanted'
      },
    })
    await say(HELLO)
    hosted.message('wanted')
    hosted.message('not wanted')
    hosted.tell({ type: 'command', at: 0, text: 'kick 3', reply: '', sentAfter: 0 })
    hosted.tell({ type: 'disconnect', at: 0, reason: 'forgotten' }, 'reconnecting')
    await clock.run(10)
    expect(said().slice(1)).toMatchObject([
      { type: 'event', event: { text: 'wanted' } },
      { type: 'state', state: 'reconnecting' },
      { type: 'event', event: { type: 'disconnect' } },
    ])
  })

  it('does not log in for its users, and keeps its login when they close, unless it lets them', async () => {
    const { hosted, say, said } = bareScene()
    await say(HELLO, OPEN, { type: 'close' })
    expect(said()[1]).toMatchObject({
      type: 'answer',
      id: 1,
      error: {
        code: 'command-disallowed',
        message: 'The host of this connection logs in by itself; use the client without connect()',
        facts: { command: 'connect' },
      },
    })
    expect([hosted.opened, hosted.closes]).toEqual([[], 0])
    const other = bareScene({ control: true })
    await other.say(HELLO, OPEN, { type: 'close' })
    expect(other.said()[1]).toEqual({ type: 'answer', id: 1, reply: '' })
    expect([other.hosted.opened, other.hosted.closes]).toEqual([[TARGET], 1])
  })

  it('gives a login up when the other side does, and lets it log in anew', async () => {
    const { hosted, say, said } = bareScene({ control: true })
    const givenUp: (() => boolean | undefined)[] = []
    hosted.open = (_, { signal } = {}) => {
      givenUp.push(() => signal?.aborted)
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }
    await say(HELLO, OPEN, [
      { type: 'cancel', id: 1 },
      { ...OPEN, id: 2 },
    ])
    expect(givenUp.map((isGivenUp) => isGivenUp())).toEqual([true, false])
    await say({ ...OPEN, id: 3 })
    expect(said().at(-1)).toMatchObject({
      type: 'close',
      error: { message: 'The channel was ended: an "open" came while another was under way' },
    })
  })

  it('gives a command up when the other side does, with that as the reason, and ignores one that was answered', async () => {
    const { hosted, say, said, channel } = bareScene()
    await say(HELLO, PLAYERS, { ...PLAYERS, id: 2 })
    hosted.asked[0]?.reply('one')
    await say({ type: 'cancel', id: 1 }, { type: 'cancel', id: 2 }, { type: 'cancel', id: 2 }, HELLO)
    expect(hosted.asked.map(({ options }) => options.signal?.reason)).toMatchObject([
      undefined,
      { message: 'The command was given up by the other side of the channel' },
    ])
    expect(said().slice(1)).toMatchObject([{ type: 'answer', id: 1 }, { type: 'state' }])
    channel.close()
  })

  it('sends the `command` events that the other side wants, all to one that does not say, and as its last hello says', async () => {
    const { say, said, hosted } = bareScene()
    const replyTexts = async (...hello: unknown[]) => {
      await say(...hello)
      const before = said().length
      for (const text of ['players', 'kick 3', ''])
        hosted.tell({ type: 'command', at: 0, text, reply: '', sentAfter: 0 })
      hosted.message('heard')
      await say()
      return said()
        .slice(before)
        .flatMap(({ event }) => (event === undefined ? [] : [event.text]))
    }
    expect(await replyTexts(HELLO)).toEqual(['players', 'kick 3', '', 'heard'])
    expect(await replyTexts({ ...HELLO, replies: ['players', 'bans'] })).toEqual(['players', 'heard'])
    expect(await replyTexts({ ...HELLO, replies: [] })).toEqual(['heard'])
    expect(await replyTexts(HELLO)).toEqual(['players', 'kick 3', '', 'heard'])
  })

  it('has the hosted connection make no event that no side wants', async () => {
    const { say, hosted } = bareScene()
    await say({ ...HELLO, replies: ['players'] })
    expect(hosted.repliesWanted).toEqual(['players'])
    await say(HELLO)
    expect(hosted.repliesWanted).toBeUndefined()
  })

  it('shares one connection among many channels', async () => {
    const clock = new VirtualClock()
    const scenes = [new RemoteScene(clock), new RemoteScene(clock)] as const
    const hosted = new ScriptedConnection()
    for (const scene of scenes) Object.assign(scene, { hosted })
    await clock.run(10)
    const outcomes = scenes.map(({ remote }, index) =>
      outcomeOf(remote.exchange({ text: `${index}`, resend: false })),
    )
    await clock.run(10)
    hosted.asked[1]?.reply('for 1')
    hosted.asked[0]?.reply('for 0')
    hosted.message('for both')
    await clock.run(10)
    expect(outcomes).toEqual([{ value: 'for 0' }, { value: 'for 1' }])
    expect(scenes.map(({ types }) => types.at(-1))).toEqual(['message', 'message'])
    scenes[0].remote.close()
    await clock.run(10)
    expect([hosted.closes, scenes[1].remote.state]).toEqual([0, 'connected'])
  })

  it('answers with an error where a reply is too long for a message, and drops and counts an event that is', async () => {
    const { say, said, hosted, clock, channel } = bareScene({ limits: { maxMessageLength: 2_000 } })
    await say(HELLO, PLAYERS, { ...PLAYERS, id: 2 })
    hosted.asked[0]?.reply('x'.repeat(2_000))
    hosted.asked[1]?.fail(new Error('z'.repeat(2_000)))
    hosted.message('y'.repeat(2_000))
    hosted.message('short')
    await clock.run(10)
    expect(said().slice(1)).toMatchObject([
      { type: 'event', event: { type: 'eventsDropped', count: 1 } },
      { type: 'event', event: { text: 'short' } },
      { type: 'answer', id: 1, error: { code: 'reply-too-large', facts: { command: 'number 1' } } },
      {
        type: 'answer',
        id: 2,
        error: { code: 'channel-failure', message: 'The error is too long for a message' },
      },
    ])
    expect(channel.droppedEvents).toBe(1)
  })

  it('sends the statistics at most every second while they change', async () => {
    const { say, said, hosted, clock } = bareScene()
    await say(HELLO)
    for (let count = 0; count < 100; count++) {
      hosted.message(`${count}`)
      await clock.run(50)
    }
    await clock.run(60_000)
    expect(said().filter(({ type }) => type === 'state')).toHaveLength(6)
  })

  it('sends them before everything, if asked to, and never by itself, if asked to', async () => {
    const always = bareScene({ limits: { statisticsIntervalMs: 0 } })
    const never = bareScene({
      limits: { statisticsIntervalMs: Number.POSITIVE_INFINITY, silenceMs: Number.POSITIVE_INFINITY },
    })
    for (const { hosted, say, clock } of [always, never]) {
      await say(HELLO)
      hosted.message('one')
      hosted.message('two')
      await clock.run(10)
    }
    const types = [always, never].map(({ said }) => said().map(({ type }) => type))
    expect(types[0]).toEqual(['state', 'state', 'event', 'state', 'event'])
    expect(types[1]).toEqual(['state', 'event', 'event'])
    expect(never.clock.timers).toBe(0)
  })
})
