import { idleStatistics } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/scripted-connection.js'
import { channelPair } from '../testing/index.js'
import { RemoteConnection } from './remote-connection.js'

const STATE = {
  type: 'state',
  version: 1,
  at: 0,
  state: 'connected',
  control: false,
  window: 8,
  statistics: idleStatistics(),
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
    expect(said).toEqual([{ type: 'hello', version: 1, bundle: 10_000 }])
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

  it.each(faults)('is ended for %s, and the host is told why', async (_, problem, messages) => {
    const { remote, said, say, answer } = await bareScene()
    await say(...messages)
    expect(remote.channelError).toMatchObject({ code: 'channel-failure', message: problem })
    expect([remote.state, answer]).toEqual(['reconnecting', {}])
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
