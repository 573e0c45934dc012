import type { ConnectionEvent, ConnectionState } from '@bercon/client'
import { idleStatistics } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryBus } from '../memory/memory-bus.js'
import { subjectsOf } from '../wire/subjects.js'
import { FleetConnection } from './fleet-connection.js'

let clock: VirtualClock
let connection: FleetConnection
let events: ConnectionEvent[]
let number: number

beforeEach(async () => {
  clock = new VirtualClock()
  // At 0, sums and differences with the time would be the same.
  await clock.run(100_000)
  connection = new FleetConnection('altis', {
    clock,
    subjects: subjectsOf('bercon'),
    user: 'ann',
    whenUnowned: 'wait',
    bus: new MemoryBus(clock),
  })
  events = []
  number = 0
  connection.subscribe((event) => events.push(event))
})

function report(state: ConnectionState, { epoch = 1, address = '192.0.2.1', sent = 5 } = {}): void {
  const statistics = { ...idleStatistics(), sent }
  connection.hearReport(`w${epoch}`, { name: 'altis', epoch, state, address, statistics })
}

const at = 7
const EVENTS = {
  connect: { type: 'connect', at, address: '192.0.2.9', attempts: 2, elapsedMs: 3 },
  disconnect: { type: 'disconnect', at, reason: 'forgotten' },
  reconnecting: { type: 'reconnecting', at, attempt: 1, delayMs: 5 },
  unresponsive: { type: 'unresponsive', at, unanswered: 1, silentMs: 5 },
  responsive: { type: 'responsive', at, unanswered: 1, silentMs: 5 },
  message: { type: 'message', at, text: 'x', sequence: 0, number: 0 },
} as const satisfies Record<string, ConnectionEvent>

function hear(type: keyof typeof EVENTS, epoch = 1): void {
  connection.hearEvent({ epoch, number: ++number, event: EVENTS[type] })
}

const types = () => events.splice(0).map(({ type }) => type)

describe('a server stands', () => {
  it.each<[ConnectionState, ConnectionState]>([
    ['connected', 'connected'],
    ['unresponsive', 'unresponsive'],
    ['refused', 'refused'],
    ['connecting', 'connecting'],
    ['reconnecting', 'connecting'],
  ])('as its owner reports: %s becomes %s', (reported, state) => {
    report(reported)
    expect([connection.state, connection.statistics.sent]).toEqual([state, 5])
  })

  it('as reconnecting once its login is lost or its refusal is over', () => {
    report('connected')
    report('connecting')
    expect(connection.state).toBe('reconnecting')
    report('refused')
    report('connecting')
    expect(connection.state).toBe('reconnecting')
  })

  it('as what happens says, each event reported once', () => {
    const seen = (Object.keys(EVENTS) as (keyof typeof EVENTS)[]).map((type) => {
      hear(type)
      return [type, connection.state, types()]
    })
    expect(seen).toEqual([
      ['connect', 'connected', ['connect']],
      ['disconnect', 'reconnecting', ['disconnect']],
      ['reconnecting', 'reconnecting', ['reconnecting']],
      ['unresponsive', 'unresponsive', ['connect', 'unresponsive']],
      ['responsive', 'connected', ['responsive']],
      ['message', 'connected', ['message']],
    ])
  })

  it('as logged in when it says something, because its login was missed', () => {
    hear('message')
    expect([connection.state, types()]).toEqual(['connected', ['connect', 'message']])
    hear('reconnecting')
    expect(types()).toEqual(['disconnect', 'reconnecting'])
    hear('disconnect')
    expect(types()).toEqual([])
  })

  it('as unresponsive or not without another login', () => {
    report('connected')
    hear('unresponsive')
    hear('connect')
    report('unresponsive')
    expect([connection.state, types()]).toEqual(['unresponsive', ['connect', 'unresponsive']])
    hear('message')
    expect([connection.state, types()]).toEqual(['unresponsive', ['message']])
    report('connected')
    expect([connection.state, types()]).toEqual(['connected', []])
  })

  it('at the address of its last login', () => {
    report('connecting')
    report('connected', { address: '' })
    expect(events.splice(0)).toMatchObject([{ type: 'connect', address: '192.0.2.1', attempts: 1 }])
    report('connecting')
    report('connected', { address: '192.0.2.2' })
    expect(events.splice(0).at(-1)).toMatchObject({ type: 'connect', address: '192.0.2.2' })
    report('connecting')
    hear('connect')
    expect(events.splice(0).at(-1)).toEqual(EVENTS.connect)
    report('connecting', { address: '' })
    report('connected', { address: '' })
    expect(events.at(-1)).toMatchObject({ type: 'connect', address: '192.0.2.9' })
  })

  it('without a login at first', () => {
    report('connected', { address: '' })
    expect(events).toEqual([{ type: 'connect', at: clock.wallNow(), address: '', attempts: 1, elapsedMs: 0 }])
  })
})

describe('an owner', () => {
  it('is who reports last; what an earlier one says has no effect', () => {
    report('connected', { epoch: 2 })
    report('refused', { epoch: 1, sent: 9 })
    expect([connection.owner, connection.state]).toEqual([{ worker: 'w2', epoch: 2 }, 'connected'])
    expect(connection.statistics.sent).toBe(5)
    report('connected', { epoch: 3 })
    expect(connection.owner).toEqual({ worker: 'w3', epoch: 3 })
    expect(types()).toEqual(['connect', 'disconnect', 'connect'])
  })

  it('whose event comes before its report has a name later', () => {
    hear('message', 4)
    expect(connection.owner).toEqual({ worker: '', epoch: 4 })
    report('connected', { epoch: 4 })
    expect(connection.owner).toEqual({ worker: 'w4', epoch: 4 })
    hear('message', 4)
    expect(connection.owner).toEqual({ worker: 'w4', epoch: 4 })
  })

  it('that is new begins with its own numbers', () => {
    report('connected', { epoch: 1 })
    number = 6
    hear('message', 1)
    types()
    number = 4
    hear('message', 2)
    expect(types()).toEqual(['disconnect', 'connect', 'message'])
    number = 9
    hear('message', 2)
    expect(events[0]).toMatchObject({ type: 'eventsDropped', count: 4 })
  })

  it('that is the same again goes on with its numbers', () => {
    report('connected')
    hear('message')
    connection.forget(1)
    types()
    number = 0
    hear('message')
    expect([types(), connection.owner]).toEqual([[], undefined])
    number = 3
    hear('message')
    expect(events[0]).toMatchObject({ type: 'eventsDropped', count: 2 })
    expect(types()).toEqual(['eventsDropped', 'connect', 'message'])
  })

  it('is forgotten by its epoch alone', () => {
    connection.forget(1)
    report('connected', { epoch: 2 })
    connection.forget(1)
    expect(connection.owner?.epoch).toBe(2)
    connection.forget(2)
    expect([connection.owner, connection.state]).toEqual([undefined, 'reconnecting'])
  })

  it('is forgotten if it was last heard of before a time', () => {
    connection.expire(clock.now() + 1)
    report('connected')
    connection.expire(clock.now())
    expect(connection.owner?.epoch).toBe(1)
    connection.expire(clock.now() + 1)
    expect(connection.owner).toBeUndefined()
    expect(events).toMatchObject([{ type: 'connect' }, { type: 'disconnect', reason: 'forgotten' }])
  })

  it.each([
    ['less than a minute ago', 59_999, undefined],
    ['a minute ago', 60_000, 1],
  ])('with a smaller epoch counts if the last one was heard of %s: %i ms', async (_, ms, epoch) => {
    report('connected', { epoch: 7 })
    connection.forget(7)
    await clock.run(ms)
    hear('message', 1)
    expect(connection.owner?.epoch).toBe(epoch)
    report('connected', { epoch: 1 })
    expect(connection.owner?.epoch).toBe(epoch)
  })

  it('with a smaller epoch never counts while there is another', async () => {
    report('connected', { epoch: 7 })
    await clock.run(100_000)
    report('connected', { epoch: 1 })
    expect(connection.owner?.epoch).toBe(7)
  })

  it('that changes is reported to each waiting listener, until it unsubscribes', () => {
    let count = 0
    const off = connection.onOwner(() => count++)
    for (const epoch of [1, 1, 2]) report('connected', { epoch })
    expect(count).toBe(2)
    off()
    report('connected', { epoch: 3 })
    expect(count).toBe(2)
  })
})

describe('a connection that is closed', () => {
  it.each<[ConnectionState, readonly string[]]>([
    ['connected', ['disconnect']],
    ['unresponsive', ['disconnect']],
    ['connecting', []],
    ['refused', []],
  ])('while it is %s reports %j, once', async (state, told) => {
    report(state)
    types()
    connection.close()
    connection.close()
    expect(events.map((event) => event.type === 'disconnect' && event.reason)).toEqual(
      told.map(() => 'closed'),
    )
    expect(types()).toEqual(told)
    expect([connection.state, connection.end.reason]).toMatchObject([
      'closed',
      { message: 'The connection is closed' },
    ])
    expect(await connection.closed).toBeUndefined()
  })

  it('reports an end also while it reconnects', () => {
    report('connected')
    report('connecting')
    types()
    connection.close()
    expect(events).toEqual([{ type: 'disconnect', at: clock.wallNow(), reason: 'closed' }])
  })

  it('hears nothing more', () => {
    connection.close()
    report('connected')
    hear('message')
    connection.expire(clock.now() + 1)
    expect([connection.state, connection.owner, events]).toEqual(['closed', undefined, []])
  })
})

describe('to open it', () => {
  it('waits for the login, without a listener left', async () => {
    let isOpen = false
    const opened = connection.open(undefined).then(() => {
      isOpen = true
    })
    hear('disconnect')
    report('connecting')
    await settled()
    expect(isOpen).toBe(false)
    report('connected')
    await opened
    await connection.open(undefined)
  })

  it('leaves no listener at its signal', async () => {
    const calls: string[] = []
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: (type: 'abort') => calls.push(`add ${type}`),
      removeEventListener: (type: 'abort') => calls.push(`remove ${type}`),
    }
    const opened = connection.open(undefined, { signal })
    report('connected')
    await opened
    expect(calls).toEqual(['add abort', 'remove abort'])
  })

  it('ends with its signal, and with the connection', async () => {
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort('enough') }
    })()
    const aborted = expect(connection.open(undefined, { signal })).rejects.toBe('enough')
    const closed = expect(connection.open(undefined)).rejects.toMatchObject({
      code: 'closed',
      command: 'connect',
      outcome: 'not-sent',
    })
    await settled()
    abort()
    await aborted
    await expect(connection.open(undefined, { signal })).rejects.toBe('enough')
    connection.close()
    await closed
    await expect(connection.open(undefined)).rejects.toMatchObject({ code: 'closed' })
  })
})
