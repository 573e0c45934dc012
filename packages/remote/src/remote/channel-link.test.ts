import { Deferred, idleStatistics } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/scripted-connection.js'
import type { TextChannel } from '../channels/text-channel.js'
import { channelPair } from '../testing/index.js'
import { ChannelLink, type LinkOwner } from './channel-link.js'
import { RemoteConnection } from './remote-connection.js'
import { REMOTE_DEFAULTS } from './remote-options.js'

const STATE = {
  type: 'state',
  version: 1,
  at: 0,
  state: 'connected',
  control: false,
  window: 8,
  statistics: idleStatistics(),
}

/** A link whose channel does what the test says, and what its owner was called with. */
function linkScene() {
  const clock = new VirtualClock()
  const said: { type: string }[] = []
  const called: string[] = []
  const opening = new Deferred<TextChannel>()
  let closes = 0
  let hear: (text: string) => void = () => {}
  let hearEnd: (error?: Error) => void = () => {}
  const channel = {
    send: (text: string) => void said.push(JSON.parse(text)),
    onText: (listener: (text: string) => void) => {
      hear = listener
    },
    onClose: (listener: (error?: Error) => void) => {
      hearEnd = listener
    },
    close: () => {
      closes++
    },
  }
  const owner: LinkOwner = {
    repliesWanted: () => [],
    onState: () => called.push('state'),
    onAnswer: () => called.push('answer'),
    onEvent: () => called.push('event'),
    onLost: ({ message }) => called.push(message),
  }
  const link = new ChannelLink(() => opening.promise, clock, REMOTE_DEFAULTS, owner)
  const overs: string[] = []
  void link.over.then(() => overs.push('over'))
  return {
    clock,
    said,
    called,
    overs,
    channel,
    link,
    opened: async () => {
      opening.resolve(channel)
      await clock.run(0)
    },
    say: (...messages: unknown[]) => {
      for (const message of messages) hear(JSON.stringify(message))
    },
    end: (error?: Error) => hearEnd(error),
    get closes() {
      return closes
    },
  }
}

/** A user's side whose host says what the test wants. */
async function bareScene() {
  const clock = new VirtualClock()
  const { ends } = channelPair(clock)
  const said: { type: string; error?: { message: string } }[] = []
  ends[0].onText((text) => said.push(JSON.parse(text)))
  const remote = new RemoteConnection(() => ends[1], { clock, maxMessageLength: 10_000 })
  const answer = outcomeOf(remote.exchange({ text: 'players', resend: true }))
  const say = async (...messages: unknown[]) => {
    for (const message of messages)
      ends[0].send(typeof message === 'string' ? message : JSON.stringify(message))
    await clock.run(10)
  }
  await clock.run(10)
  return { clock, remote, said, say, answer }
}

describe('the channel to a host', () => {
  it('begins with hello, and asks nothing before the host has said how things stand', async () => {
    const { said, say, answer } = await bareScene()
    expect(said).toEqual([{ type: 'hello', version: 1, bundle: 10_000, replies: [] }])
    await say(STATE)
    expect(said[1]).toEqual({ type: 'exchange', id: 1, text: 'players', resend: true, timeoutMs: 29_990 })
    await say({ type: 'answer', id: 1, reply: 'Players on server:', more: 'is ignored' })
    expect(answer).toEqual({ value: 'Players on server:' })
  })

  it('sends what is asked in one go as one list, to a host that takes lists, and reads lists', async () => {
    const { remote, said, say } = await bareScene()
    await say({ ...STATE, bundle: 1_000 })
    const answers = ['bans', 'version'].map((text) => outcomeOf(remote.exchange({ text, resend: true })))
    await say([
      { type: 'event', event },
      { type: 'answer', id: 1, reply: 'a' },
    ])
    expect(said.slice(2)).toMatchObject([
      [
        { id: 2, text: 'bans' },
        { id: 3, text: 'version' },
      ],
    ])
    await say([
      { type: 'answer', id: 3, reply: 'c' },
      { type: 'answer', id: 2, reply: 'b' },
    ])
    expect(answers).toEqual([{ value: 'b' }, { value: 'c' }])
  })

  it('says goodbye after what was asked in the same turn', async () => {
    const { remote, said, say } = await bareScene()
    await say({ ...STATE, bundle: 1_000 })
    void outcomeOf(remote.exchange({ text: 'say -1 bye', resend: false }))
    remote.close()
    await say()
    expect(said.slice(2)).toMatchObject([[{ type: 'exchange', text: 'say -1 bye' }, { type: 'close' }]])
  })

  const event = { type: 'message', at: 0, text: '', sequence: 0, number: 0 }
  const faults: readonly (readonly [what: string, problem: RegExp, messages: readonly unknown[]])[] = [
    ['what is no JSON', /is not a JSON object/, [STATE, 'hello']],
    ['a list of nothing', /is not a JSON object/, [STATE, []]],
    ['a list in a list', /is not a JSON object/, [STATE, [[STATE]]]],
    [
      'a list with an answer to nothing',
      /names no command/,
      [STATE, [STATE, { type: 'answer', id: 2, reply: '' }]],
    ],
    ['a message of the user', /no message of the type "exchange"/, [STATE, { type: 'exchange', id: 1 }]],
    [
      'an answer before the state',
      /"answer" came before the first "state"/,
      [{ type: 'answer', id: 1, reply: '' }],
    ],
    ['an event before the state', /"event" came before the first "state"/, [{ type: 'event', event }]],
    ['another version', /speaks version 2, and this client version 1/, [{ ...STATE, version: 2 }]],
    ['an unknown state', /"state" of a message "state"/, [{ ...STATE, state: 'constructor' }]],
    ['statistics that are none', /"statistics" of a message "state"/, [{ ...STATE, statistics: {} }]],
    ['an answer to nothing', /an answer names no command/, [STATE, { type: 'answer', id: 2, reply: '' }]],
    ['an answer without an outcome', /either a reply or an error/, [STATE, { type: 'answer', id: 1 }]],
    [
      'an answer with two',
      /either a reply or an error/,
      [STATE, { type: 'answer', id: 1, reply: '', error: errorData() }],
    ],
    [
      'an unknown event',
      /"event" of a message "event"/,
      [STATE, { type: 'event', event: { ...event, type: 'toString' } }],
    ],
    [
      'an event without a field',
      /"event" of a message "event"/,
      [STATE, { type: 'event', event: { ...event, text: 1 } }],
    ],
    [
      'a message that is too long',
      /has 10001 characters, and 10000 are allowed/,
      [STATE, ' '.repeat(10_001)],
    ],
  ]

  it.each(faults)('is ended for %s, and the host learns why', async (_, problem, messages) => {
    const { remote, said, say, answer } = await bareScene()
    await say(...messages)
    expect(remote.channelError).toMatchObject({
      code: 'channel-failure',
      message: expect.stringMatching(problem),
    })
    expect([remote.state, answer]).toEqual(['reconnecting', {}])
    expect(said.at(-1)?.type).toBe('close')
    expect(said.at(-1)?.error?.message).toMatch(problem)
  })

  it('is lost when the host says nothing in time', async () => {
    const { clock, remote } = await bareScene()
    await clock.run(9_990)
    expect(remote.channelError?.message).toBe('The host of the channel did not answer within 10000 ms')
  })

  it('is lost when the host ends it, and the reason is an error of the same class', async () => {
    const { remote, say } = await bareScene()
    await say(STATE, { type: 'close', error: errorData() })
    expect(remote.channelError).toMatchObject({ code: 'channel-failure', message: 'Come back later' })
  })

  it.each([
    ['closes it', undefined, { type: 'close' }],
    ['just ends it', undefined, undefined],
    ['breaks it', new Error('cut'), undefined],
  ])('is lost once when the host %s, and says so', async (_, error, message) => {
    const { opened, say, end, called, overs, clock } = linkScene()
    await opened()
    if (message !== undefined) say(STATE, message)
    end(error)
    end()
    await clock.run(100)
    expect(called.filter((call) => call !== 'state')).toEqual([
      error?.message ?? 'The host ended the channel',
    ])
    expect([overs, clock.timers]).toEqual([['over'], 0])
  })

  it('follows nothing after its first fault, and says that fault once', async () => {
    const { opened, say, said, called, clock } = linkScene()
    await opened()
    const answer = { type: 'answer', id: 7, reply: '' }
    say(STATE, [answer, answer, { type: 'event', event }], answer)
    await clock.run(100)
    expect(called).toEqual([
      'state',
      'The channel was ended, because of what its host sent: an answer names no command',
    ])
    expect(said.map(({ type }) => type)).toEqual(['hello', 'close'])
  })

  it.each(['hello', 'a later hello'])(
    'is lost when the channel throws %s, and leaves no timer',
    async (which) => {
      const { opened, say, channel, called, clock } = linkScene()
      const broken = () => {
        throw new Error('the pipe is broken')
      }
      if (which === 'hello') channel.send = broken
      await opened()
      channel.send = broken
      say(STATE)
      await clock.run(REMOTE_DEFAULTS.pingIntervalMs)
      expect(called.filter((call) => call !== 'state')).toEqual(['the pipe is broken'])
      expect(clock.timers).toBe(0)
    },
  )

  it('shows the host that it lives, also while the host says much', async () => {
    const { opened, say, said, clock } = linkScene()
    await opened()
    for (let second = 0; second < 60; second++) {
      say(STATE)
      await clock.run(1_000)
    }
    expect(said).toHaveLength(4)
  })

  it('hears nothing more once it was left, and is over when the host has ended it', async () => {
    const scene = linkScene()
    const { opened, say, end, said, called, overs, link, clock } = scene
    await opened()
    say(STATE)
    link.nextId()
    link.leave()
    link.leave()
    say({ type: 'answer', id: 1, reply: '' }, { type: 'event', event }, STATE)
    await clock.run(500)
    expect(overs).toEqual([])
    end()
    await clock.run(0)
    expect([called, said.map(({ type }) => type)]).toEqual([['state'], ['hello', 'close']])
    expect([overs, scene.closes, clock.timers]).toEqual([['over'], 1, 0])
  })

  it('is over a second after it was left, if the host does not end it', async () => {
    const scene = linkScene()
    await scene.opened()
    scene.link.leave()
    await scene.clock.run(999)
    expect([scene.overs, scene.closes]).toEqual([[], 0])
    await scene.clock.run(1)
    expect([scene.overs, scene.closes, scene.called]).toEqual([['over'], 1, []])
    scene.link.leave()
    expect(scene.clock.timers).toBe(0)
  })

  it('closes a channel that opens only after it was left', async () => {
    const scene = linkScene()
    scene.link.leave()
    await scene.clock.run(0)
    expect([scene.overs, scene.clock.timers]).toEqual([['over'], 0])
    await scene.opened()
    expect([scene.closes, scene.said, scene.called]).toEqual([1, [], []])
  })

  it('hands on no field that an event does not have', async () => {
    const { remote, say } = await bareScene()
    const events: unknown[] = []
    remote.subscribe((each) => events.push(each))
    await say(STATE, { type: 'event', event: { ...event, extra: 'x'.repeat(100) } })
    expect(events.at(-1)).toEqual(event)
  })
})

function errorData() {
  return { code: 'channel-failure', name: 'RconError', message: 'Come back later', facts: {} }
}
