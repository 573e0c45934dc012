import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, settled, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionOptions } from './connection-options.js'
import type { Transport } from './connection-parts.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: 'game.example', port: 2302, password: 'hunter2' }
const ADDRESSES = ['192.0.2.1', '192.0.2.2', '2001:db8::1']

/** A host with three addresses, each with its own peer. */
function newHost(options: Partial<ConnectionOptions> = {}, addresses: readonly string[] = ADDRESSES) {
  const clock = new VirtualClock()
  const peers = new Map(addresses.map((address) => [address, new ScriptedPeer()]))
  const transport = new MemoryTransport(clock, peers, new Map([[TARGET.host, addresses]]))
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0, ...options })
  const events: ConnectionEvent[] = []
  connection.subscribe((event) => events.push(event))
  const peer = (index: number) => peers.get(addresses[index] ?? '') as ScriptedPeer
  return { clock, transport, connection, events, peer }
}

describe('the first login', () => {
  it('uses the first address, and reports it', async () => {
    const { clock, transport, connection, events, peer } = newHost()
    const opened = connection.open(TARGET)
    expect(connection.state).toBe('connecting')
    await clock.run(10)
    await opened
    expect(connection.state).toBe('connected')
    expect(events).toEqual([
      { type: 'connect', at: clock.wallNow() - 10, address: '192.0.2.1', attempts: 1, elapsedMs: 0 },
    ])
    expect([0, 1, 2].map((index) => peer(index).logins)).toEqual([1, 0, 0])
    expect(transport.sockets).toBe(1)
    expect(connection.statistics).toMatchObject({ logins: 1, sent: 1, received: 1 })
  })

  it('tries each address for its share of the timeout', async () => {
    const { clock, connection, events, peer } = newHost({ loginTimeoutMs: 9_000 })
    peer(0).isSilent = true
    peer(1).isSilent = true
    const opened = connection.open(TARGET)
    await clock.run(7_000)
    await opened
    expect([0, 1, 2].map((index) => peer(index).logins)).toEqual([3, 3, 1])
    expect(events).toMatchObject([{ type: 'connect', address: '2001:db8::1' }])
    expect(connection.statistics).toMatchObject({ logins: 1, sent: 7 })
  })

  it('fails if no address answers, reports how long it took, and can be tried again', async () => {
    const { clock, transport, connection, peer } = newHost({ loginTimeoutMs: 9_000 })
    for (const index of [0, 1, 2]) peer(index).isSilent = true
    await clock.run(1_000)
    const failure = { code: 'login-timeout', host: TARGET.host, port: 2302, attempts: 9, elapsedMs: 9_000 }
    const opened = expect(connection.open(TARGET)).rejects.toMatchObject(failure)
    await clock.run(9_000)
    await opened
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['idle', 0, 0])
    peer(0).isSilent = false
    const again = connection.open(TARGET)
    await clock.run(0)
    await again
    expect(connection.state).toBe('connected')
  })

  it('ends at a refusal: no other address is tried, and the password not again', async () => {
    const { clock, transport, connection, peer } = newHost()
    peer(0).password = 'another'
    const opened = expect(connection.open(TARGET)).rejects.toMatchObject({
      code: 'login-refused',
      attempts: 1,
    })
    await clock.run(3_600_000)
    await opened
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['refused', 0, 0])
    expect([0, 1, 2].map((index) => peer(index).logins)).toEqual([1, 0, 0])
    const again = connection.open({ ...TARGET, password: 'another' })
    await clock.run(0)
    await again
    expect(connection.state).toBe('connected')
  })

  it('fails waiting commands with the reason of its failure', async () => {
    const { clock, connection, peer } = newHost()
    peer(0).password = 'another'
    const opened = expect(connection.open(TARGET)).rejects.toMatchObject({ code: 'login-refused' })
    const waiting = connection.exchange({ text: 'players', resend: true })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'login-refused' })
    await clock.run(0)
    await Promise.all([opened, failed])
  })

  it('sends the waiting commands', async () => {
    const { clock, connection, peer } = newHost()
    const opened = connection.open(TARGET)
    const reply = connection.exchange({ text: 'kick 3', resend: false })
    await clock.run(0)
    expect([await opened, await reply]).toEqual([undefined, ''])
    expect(peer(0).commands).toEqual(['kick 3'])
  })

  it('is canceled by a signal, with its reason, and leaves nothing', async () => {
    const { clock, transport, connection, peer } = newHost()
    peer(0).isSilent = true
    const controller = new AbortController()
    const opened = expect(connection.open(TARGET, { signal: controller.signal })).rejects.toBe('enough')
    await clock.run(3_000)
    const waiting = expect(connection.exchange({ text: 'kick 3', resend: false })).rejects.toBe('enough')
    controller.abort('enough')
    await opened
    await waiting
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['idle', 0, 0])
    await expect(connection.open(TARGET, { signal: AbortSignal.abort('at once') })).rejects.toBe('at once')
    expect(connection.state).toBe('idle')
    connection.close()
    await expect(connection.exchange({ text: 'kick 3', resend: false })).rejects.toMatchObject({
      code: 'closed',
    })
  })
})

describe('a host that cannot be reached', () => {
  const failing = (transport: Partial<Transport>): ServerConnection => {
    const clock = new VirtualClock()
    const memory = new MemoryTransport(clock, new Map())
    const whole: Transport = {
      resolve: transport.resolve ?? ((host) => memory.resolve(host)),
      open: transport.open ?? ((address, port, receiver) => memory.open(address, port, receiver)),
    }
    return new ServerConnection({ transport: whole, clock })
  }

  it('fails at once, with the system’s message, if its name is unknown', async () => {
    const connection = failing({ resolve: () => Promise.reject(new Error('ENOTFOUND game.example')) })
    const failure = { code: 'host-unreachable', detail: 'ENOTFOUND game.example', attempts: 0 }
    await expect(connection.open(TARGET)).rejects.toMatchObject(failure)
    expect(connection.state).toBe('idle')
  })

  it('fails if it has no address, or if no socket can be opened', async () => {
    const nowhere = failing({ resolve: async () => [] })
    await expect(nowhere.open(TARGET)).rejects.toMatchObject({ detail: 'it has no address' })
    const closed = failing({ open: () => Promise.reject(new Error('EACCES')) })
    await expect(closed.open(TARGET)).rejects.toMatchObject({ code: 'host-unreachable', detail: 'EACCES' })
  })

  it('does not matter if another of its addresses can', async () => {
    const clock = new VirtualClock()
    const peer = new ScriptedPeer()
    const memory = new MemoryTransport(clock, new Map([['192.0.2.2', peer]]))
    const transport: Transport = {
      resolve: async () => ['2001:db8::1', '192.0.2.2'],
      open: (address, port, receiver) =>
        address.includes(':')
          ? Promise.reject(new Error('ENETUNREACH'))
          : memory.open(address, port, receiver),
    }
    const connection = new ServerConnection({ transport, clock })
    const opened = connection.open(TARGET)
    await clock.run(0)
    await opened
    expect(connection.state).toBe('connected')
  })
})

describe('open', () => {
  it('is refused while there is a connection or a login in progress', async () => {
    const { clock, connection } = newHost()
    const opened = connection.open(TARGET)
    const refusal = { code: 'already-connected', host: TARGET.host, port: 2302 }
    await expect(connection.open({ ...TARGET, host: 'other' })).rejects.toMatchObject(refusal)
    await clock.run(0)
    await opened
    await expect(connection.open(TARGET)).rejects.toMatchObject(refusal)
    expect(connection.state).toBe('connected')
  })

  it('refuses a bad target by name, without the password', async () => {
    const { connection } = newHost()
    const bad = [
      ['host', { ...TARGET, host: '' }],
      ['port', { ...TARGET, port: 0 }],
      ['port', { ...TARGET, port: 65_536 }],
      ['password', { ...TARGET, password: '' }],
      ['password', { ...TARGET, password: 'hunter2\0' }],
      ['password', { ...TARGET, password: 'hunter2'.repeat(200) }],
    ] as const
    for (const [argument, target] of bad) {
      const error: unknown = await connection.open(target).catch((reason) => reason)
      expect(error).toMatchObject({ code: 'invalid-argument', argument })
      expect(`${error} ${JSON.stringify(error)}`).not.toContain('hunter2')
    }
    await settled()
    expect(connection.state).toBe('idle')
  })
})
