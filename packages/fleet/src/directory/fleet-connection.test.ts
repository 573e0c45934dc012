import type { ConnectionEvent } from '@bercon/client'
import { idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BusReply } from '../bus.js'
import { answerText, readCommand } from '../wire/command-message.js'
import { subjectsOf } from '../wire/subjects.js'
import { FleetConnection } from './fleet-connection.js'
import type { WhenUnowned } from './fleet-exchange.js'

let clock: VirtualClock
let events: ConnectionEvent[]
let asked: { readonly epoch: number; readonly text: string; readonly reply: (reply: BusReply) => void }[]

function newConnection(whenUnowned: WhenUnowned = 'wait'): FleetConnection {
  const connection = new FleetConnection('altis', {
    clock,
    subjects: subjectsOf('bercon'),
    user: 'ann',
    whenUnowned,
    bus: {
      publish: () => true,
      serve: () => () => {},
      subscribe: () => () => {},
      request: (_, text, { timeoutMs, signal }) =>
        new Promise((resolve) => {
          const { epoch = 0, request } = readCommand(text) ?? {}
          asked.push({ epoch, text: request?.text ?? '', reply: resolve })
          clock.setTimer(() => resolve({ type: 'silence' }), timeoutMs)
          signal?.addEventListener('abort', () => resolve({ type: 'silence' }))
        }),
    },
  })
  connection.subscribe((event) => events.push(event))
  return connection
}

function report(connection: FleetConnection, epoch: number, state: 'connected' | 'connecting' = 'connected') {
  const statistics = idleStatistics()
  connection.hearReport(`w${epoch}`, { name: 'altis', epoch, state, address: '192.0.2.1', statistics })
}

function say(connection: FleetConnection, epoch: number, number: number, text: string) {
  const event: ConnectionEvent = { type: 'message', at: clock.wallNow(), text, sequence: 0, number }
  connection.hearEvent({ epoch, number, event })
}

const heard = () => events.map((event) => ('text' in event ? event.text : event.type))

beforeEach(() => {
  clock = new VirtualClock()
  events = []
  asked = []
})

describe('events', () => {
  it('of a server that is logged in when it becomes known begin with a connect', () => {
    const connection = newConnection()
    report(connection, 1)
    say(connection, 1, 5, 'a')
    expect(heard()).toEqual(['connect', 'a'])
    expect(connection.state).toBe('connected')
  })

  it('come once, whatever comes twice or from an earlier owner', () => {
    const connection = newConnection()
    report(connection, 1)
    say(connection, 1, 1, 'a')
    say(connection, 1, 1, 'a')
    report(connection, 2)
    say(connection, 1, 2, 'b')
    say(connection, 2, 1, 'c')
    expect(heard()).toEqual(['connect', 'a', 'disconnect', 'connect', 'c'])
  })

  it('that are lost on the way are counted', () => {
    const connection = newConnection()
    report(connection, 1)
    say(connection, 1, 1, 'a')
    clock.advance(5_000)
    say(connection, 1, 4, 'd')
    expect(heard()).toEqual(['connect', 'a', 'eventsDropped', 'd'])
    const at = clock.wallNow()
    expect(events[2]).toEqual({ type: 'eventsDropped', at, from: at - 5_000, count: 2 })
  })

  it('of an owner that is not heard of any more end with a disconnect', () => {
    const connection = newConnection()
    report(connection, 1)
    clock.advance(10_000)
    connection.expire(clock.now() - 9_000)
    expect(heard()).toEqual(['connect', 'disconnect'])
    expect([connection.state, connection.owner]).toEqual(['reconnecting', undefined])
  })

  it('of a smaller epoch count again long after the last owner, because the store may be a new one', () => {
    const connection = newConnection()
    report(connection, 7)
    connection.forget(7)
    report(connection, 1)
    expect(connection.owner).toBeUndefined()
    clock.advance(60_000)
    report(connection, 1)
    expect(connection.owner).toEqual({ worker: 'w1', epoch: 1 })
  })
})

const ONCE = { text: 'kick 1', resend: false }
const AGAIN = { text: 'players', resend: true }

describe('a command', () => {
  it('goes to the owner and brings its answer', async () => {
    const connection = newConnection()
    report(connection, 3)
    const reply = connection.exchange(ONCE)
    asked[0]?.reply({ type: 'reply', text: answerText(3, { type: 'answered', text: 'ok' }) })
    expect(await reply).toBe('ok')
    expect(asked).toMatchObject([{ epoch: 3, text: 'kick 1' }])
  })

  it.each([
    ['that is not there', { type: 'nobody' } as const],
    ['that refuses it', { type: 'reply', text: answerText(4, { type: 'refused', epoch: 4 }) } as const],
  ])('for an owner %s waits for the next one', async (_, first) => {
    const connection = newConnection()
    report(connection, 3)
    const reply = connection.exchange(ONCE)
    asked[0]?.reply(first)
    await clock.run(5_000)
    expect(asked).toHaveLength(1)
    report(connection, 4)
    await settled()
    asked[1]?.reply({ type: 'reply', text: answerText(4, { type: 'answered', text: 'ok' }) })
    expect(await reply).toBe('ok')
    expect(asked[1]?.epoch).toBe(4)
  })

  it('that may have reached an owner is not sent to the next one', async () => {
    const connection = newConnection()
    report(connection, 3)
    const failure = expect(connection.exchange(ONCE)).rejects.toMatchObject({
      code: 'connection-lost',
      outcome: 'unknown',
    })
    report(connection, 4)
    await clock.run(1_000)
    await failure
    expect(asked).toHaveLength(1)
  })

  it('that may be executed twice is sent to the next one', async () => {
    const connection = newConnection()
    report(connection, 3)
    const reply = connection.exchange(AGAIN)
    report(connection, 4)
    await settled()
    asked[1]?.reply({ type: 'reply', text: answerText(4, { type: 'answered', text: 'list' }) })
    expect(await reply).toBe('list')
  })

  it('without an owner fails at its deadline, and was not sent', async () => {
    const connection = newConnection()
    const failure = expect(connection.exchange(ONCE, { timeoutMs: 3_000 })).rejects.toMatchObject({
      code: 'command-timeout',
      outcome: 'not-sent',
      attempts: 0,
    })
    await clock.run(3_000)
    await failure
  })

  it('ends with its signal, and with the connection', async () => {
    const connection = newConnection()
    report(connection, 1)
    const controller = new AbortController()
    const aborted = expect(connection.exchange(ONCE, { signal: controller.signal })).rejects.toBe('enough')
    controller.abort('enough')
    await aborted
    const closed = expect(connection.exchange(ONCE)).rejects.toMatchObject({
      code: 'closed',
      outcome: 'unknown',
    })
    connection.close()
    await closed
    expect(clock.timers).toBeLessThanOrEqual(2)
    expect(await connection.closed).toBeUndefined()
  })

  it('with an answer that cannot be read has an unknown outcome', async () => {
    const connection = newConnection()
    report(connection, 1)
    const failure = expect(connection.exchange(ONCE)).rejects.toMatchObject({ outcome: 'unknown' })
    asked[0]?.reply({ type: 'reply', text: 'junk' })
    await failure
  })
})
