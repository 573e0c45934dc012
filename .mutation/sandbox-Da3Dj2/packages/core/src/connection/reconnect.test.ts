// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionOptions } from './connection-options.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }
const HOUR_MS = 3_600_000

/** A connection that detects silence after two packets and five seconds. */
async function newConnection(options: Partial<ConnectionOptions> = {}, random: () => number = () => 0) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const settings = { playersIntervalMs: 0, forgottenAfterPackets: 2, forgottenAfterMs: 5_000, ...options }
  const connection = new ServerConnection({ transport, clock, random }, settings)
  const events: ConnectionEvent[] = []
  connection.subscribe((event) => events.push(event))
  const opened = connection.open(TARGET)
  await clock.run(0)
  await opened
  const told = (type: ConnectionEvent['type']) => events.filter((event) => event.type === type)
  return { clock, peer, transport, connection, events, told }
}

describe('a server that stops answering', () => {
  it('is unresponsive, and the same login continues when it answers again', async () => {
    const { clock, peer, connection, told } = await newConnection({ forgottenAfterMs: 10_000 })
    await clock.run(60_000)
    peer.isSilent = true
    while (connection.state === 'connected') await clock.run(100)
    expect(connection.state).toBe('unresponsive')
    const [event] = told('unresponsive')
    expect(event !== undefined && 'silentMs' in event && event.silentMs).toBe(5_000)
    peer.isSilent = false
    await clock.run(2_000)
    expect(connection.state).toBe('connected')
    expect(told('responsive')).toHaveLength(1)
    await clock.run(60_000)
    expect([told('disconnect'), connection.statistics.logins]).toEqual([[], 1])
  })
})

describe('a login that is lost', () => {
  it('is replaced on a new socket, however long the server is away', async () => {
    const { clock, peer, transport, connection, told } = await newConnection()
    peer.isSilent = true
    await clock.run(24 * HOUR_MS)
    expect(connection.state).toBe('reconnecting')
    expect(told('disconnect')).toMatchObject([{ reason: 'forgotten' }])
    peer.isSilent = false
    await clock.run(60_000)
    expect(connection.state).toBe('connected')
    expect(told('connect')).toHaveLength(2)
    expect(transport.sockets).toBe(1)
    expect(connection.statistics.logins).toBe(2)
  })

  it('is tried again after 1, 2, 4 … and at most 30 s, with an event each time', async () => {
    const { clock, peer, told } = await newConnection({ loginTimeoutMs: 1 })
    peer.isSilent = true
    await clock.run(10 * 60_000)
    const waits = told('reconnecting').map((event) => 'delayMs' in event && event.delayMs)
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    const attempts = told('reconnecting').map((event) => 'attempt' in event && event.attempt)
    expect(attempts).toEqual(attempts.map((_, index) => index + 1))
  })

  it('shortens each wait at random by up to half', async () => {
    const chances = [0.5, 0, 0.999]
    const random = () => chances.shift() ?? 0
    const { clock, peer, told } = await newConnection({ loginTimeoutMs: 1 }, random)
    peer.isSilent = true
    await clock.run(120_000)
    const waits = told('reconnecting').map((event) => 'delayMs' in event && event.delayMs)
    expect(waits.slice(0, 3)).toEqual([750, 2_000, 2_002])
  })

  it('starts again with the shortest wait after each login', async () => {
    const { clock, peer, told } = await newConnection()
    for (const _ of [1, 2]) {
      peer.isSilent = true
      await clock.run(120_000)
      peer.isSilent = false
      await clock.run(120_000)
    }
    const attempts = told('reconnecting').map((event) => 'attempt' in event && event.attempt)
    expect(attempts.filter((attempt) => attempt === 1)).toHaveLength(2)
    expect(told('connect')).toHaveLength(3)
  })

  it('ends the connection if the password is then refused, and closed settles with that', async () => {
    const { clock, peer, transport, connection, told } = await newConnection()
    peer.isSilent = true
    await clock.run(60_000)
    const waiting = connection.exchange({ text: 'players', resend: true }, { timeoutMs: HOUR_MS })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'login-refused' })
    peer.password = 'another'
    peer.isSilent = false
    await clock.run(120_000)
    await failed
    await expect(connection.closed).resolves.toMatchObject({ code: 'login-refused', host: TARGET.host })
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['closed', 0, 0])
    expect(told('disconnect')).toMatchObject([{ reason: 'forgotten' }, { reason: 'refused' }])
    await expect(connection.exchange({ text: 'x', resend: true })).rejects.toMatchObject({
      code: 'login-refused',
    })
    const logins = peer.logins
    await clock.run(24 * HOUR_MS)
    expect(peer.logins).toBe(logins)
  })

  it('looks the host up again each time', async () => {
    const clock = new VirtualClock()
    const [old, moved] = [new ScriptedPeer(), new ScriptedPeer()]
    const peers = new Map([
      ['192.0.2.1', old],
      ['192.0.2.2', moved],
    ])
    const hosts = new Map([['game.example', ['192.0.2.1']]])
    const transport = new MemoryTransport(clock, peers, hosts)
    const connection = new ServerConnection({ transport, clock })
    const opened = connection.open({ ...TARGET, host: 'game.example' })
    await clock.run(0)
    await opened
    old.isSilent = true
    hosts.set('game.example', ['192.0.2.2'])
    await clock.run(180_000)
    expect(connection.state).toBe('connected')
    expect(moved.logins).toBe(1)
  })
})

describe('commands that wait when the login breaks', () => {
  /**
   * A connection whose server falls silent, with commands of every kind in flight; runs on to the loss of the login.
   */
  async function broken() {
    const stage = await newConnection({ maxInFlight: 2 })
    const { clock, peer, connection } = stage
    peer.isSilent = true
    const ask = (text: string, resend: boolean) => {
      const settledAs: { reply?: string; error?: unknown } = {}
      connection.exchange({ text, resend }, { timeoutMs: 120_000 }).then(
        (reply) => Object.assign(settledAs, { reply }),
        (error: unknown) => Object.assign(settledAs, { error }),
      )
      return settledAs
    }
    const once = ask('kick 3', false)
    const safe = ask('players', true)
    const notSent = ask('kick 4', false)
    await clock.run(20_000)
    expect(connection.state).toBe('reconnecting')
    return { ...stage, once, safe, notSent }
  }

  it('fail at once if they were sent and may not be sent again: their outcome is unknown', async () => {
    const { once, clock } = await broken()
    expect(once).toMatchObject({
      error: { code: 'connection-lost', command: 'kick 3', attempts: 1, outcome: 'unknown' },
    })
    expect(clock.now()).toBe(20_000)
  })

  it('are sent after the next login if they may be sent again or never were', async () => {
    const { peer, clock, safe, notSent } = await broken()
    expect([safe, notSent]).toEqual([{}, {}])
    peer.commands.length = 0
    peer.isSilent = false
    peer.reply = (command) => `done: ${command}`
    await clock.run(40_000)
    expect(safe).toEqual({ reply: 'done: players' })
    expect(notSent).toEqual({ reply: 'done: kick 4' })
    expect(peer.commands).toEqual(['players', 'kick 4'])
  })

  it('keep their deadlines during the loss and the back-off', async () => {
    const { clock, safe, notSent } = await broken()
    await clock.run(99_999)
    expect([safe, notSent]).toEqual([{}, {}])
    await clock.run(1)
    expect(safe).toMatchObject({ error: { code: 'command-timeout', outcome: 'unknown', elapsedMs: 120_000 } })
    expect(notSent).toMatchObject({ error: { code: 'command-timeout', outcome: 'not-sent', attempts: 0 } })
  })

  it('count their sendings over all logins', async () => {
    const { peer, clock, safe } = await broken()
    const sent = peer.commands.filter((command) => command === 'players').length
    peer.isSilent = false
    peer.reply = () => undefined
    await clock.run(100_000)
    const all = peer.commands.filter((command) => command === 'players').length
    expect(all).toBeGreaterThan(sent)
    expect(safe).toMatchObject({
      error: { code: 'command-timeout', attempts: all, outcome: 'unknown', resend: true },
    })
  })

  it('are canceled by their signals meanwhile', async () => {
    const { connection, clock, peer } = await broken()
    const controller = new AbortController()
    const { signal } = controller
    const waiting = connection.exchange({ text: 'kick 5', resend: false }, { timeoutMs: 120_000, signal })
    const failed = expect(waiting).rejects.toBe('changed my mind')
    controller.abort('changed my mind')
    await failed
    peer.isSilent = false
    await clock.run(60_000)
    expect(peer.commands).not.toContain('kick 5')
  })
})
