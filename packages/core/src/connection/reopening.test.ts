import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { codeOf } from '../index.js'
import { MemoryTransport, settled, VirtualClock } from '../testing/index.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }
const OTHER = { ...TARGET, host: '192.0.2.2' }

function newConnection() {
  const clock = new VirtualClock()
  const [peer, other] = [new ScriptedPeer(), new ScriptedPeer()]
  const peers = new Map([
    [TARGET.host, peer],
    [OTHER.host, other],
  ])
  const transport = new MemoryTransport(clock, peers)
  const options = { forgottenAfterPackets: 2, forgottenAfterMs: 5_000, playersIntervalMs: 0 }
  const connection = new ServerConnection({ transport, clock }, options)
  const open = async (target = TARGET) => {
    const opened = connection.open(target)
    await clock.run(0)
    await opened
  }
  return { clock, peer, other, transport, connection, open }
}

describe('a connection that is closed', () => {
  it('can be opened again, also to another server, and leaves nothing when closed again', async () => {
    const { connection, transport, clock, peer, other, open } = newConnection()
    await open()
    connection.close()
    await open(OTHER)
    const reply = connection.exchange({ text: 'version', resend: true })
    await clock.run(0)
    await reply
    expect([connection.state, connection.statistics.logins]).toEqual(['connected', 2])
    expect([peer.logins, other.logins]).toEqual([1, 1])
    connection.close()
    expect([connection.state, transport.sockets, clock.timers]).toEqual(['closed', 0, 0])
  })

  it('settles closed once for each end', async () => {
    const { connection, open } = newConnection()
    const first = connection.closed
    await open()
    expect(connection.closed).toBe(first)
    connection.close()
    await expect(first).resolves.toBeUndefined()
    await open()
    expect(connection.closed).not.toBe(first)
    let ends = 0
    void connection.closed.then(() => ends++)
    await settled()
    expect(ends).toBe(0)
    connection.close()
    await settled()
    expect(ends).toBe(1)
  })

  it('keeps its counters', async () => {
    const { connection, open } = newConnection()
    await open()
    connection.close()
    const { sent, received } = connection.statistics
    await open()
    expect(connection.statistics.sent).toBeGreaterThan(sent)
    expect(connection.statistics.received).toBeGreaterThan(received)
  })

  it('can be opened again after a refused reconnect, which is then forgotten', async () => {
    const { connection, clock, peer, open } = newConnection()
    await open()
    peer.isSilent = true
    await clock.run(60_000)
    Object.assign(peer, { password: 'another', isSilent: false })
    await clock.run(120_000)
    expect([connection.state, codeOf(connection.refusal)]).toEqual(['closed', 'login-refused'])
    await open({ ...TARGET, password: 'another' })
    expect([connection.state, connection.refusal]).toEqual(['connected', undefined])
  })

  it('carries no command into the next login', async () => {
    const { connection, clock, peer, open } = newConnection()
    await open()
    peer.isSilent = true
    const waiting = connection.exchange({ text: 'players', resend: true })
    const failed = expect(waiting).rejects.toMatchObject({ code: 'closed' })
    connection.close()
    const opened = connection.open(OTHER)
    await clock.run(0)
    await Promise.all([opened, failed])
    await clock.run(5_000)
    expect(connection.state).toBe('connected')
    expect(connection.statistics.inFlight).toBe(0)
  })

  it('is not canceled by the signal of the previous call', async () => {
    const { connection, clock, peer } = newConnection()
    peer.isSilent = true
    const controller = new AbortController()
    const first = expect(connection.open(TARGET, { signal: controller.signal })).rejects.toMatchObject({
      code: 'closed',
    })
    connection.close()
    const opened = connection.open(OTHER)
    controller.abort('too late')
    await clock.run(0)
    await Promise.all([opened, first])
    expect(connection.state).toBe('connected')
  })
})

describe('a listener that closes a connection and opens it again at once', () => {
  it('at the end of a login finds it closed, and nothing of the end affects the next life', async () => {
    const { connection, clock, open } = newConnection()
    await open()
    const states: string[] = []
    let opened: Promise<void> | undefined
    const off = connection.subscribe(({ type }) => {
      if (type !== 'disconnect') return
      off()
      states.push(connection.state)
      opened = connection.open(OTHER)
    })
    connection.close()
    await clock.run(0)
    await opened
    expect([states, connection.state]).toEqual([['closed'], 'connected'])
    let ended = false
    void connection.closed.then(() => {
      ended = true
    })
    await settled()
    expect(ended).toBe(false)
  })

  it('at the login fails the first call and lets the second wait for its own login', async () => {
    const { connection, clock, other } = newConnection()
    other.isSilent = true
    let second: Promise<void> | undefined
    const off = connection.subscribe(({ type }) => {
      if (type !== 'connect') return
      off()
      connection.close()
      second = connection.open(OTHER)
    })
    const first = expect(connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
    await clock.run(0)
    await first
    let isOpen = false
    void second?.then(() => {
      isOpen = true
    })
    await settled()
    expect([isOpen, connection.state]).toEqual([false, 'connecting'])
    other.isSilent = false
    await clock.run(2_000)
    await second
    expect(connection.state).toBe('connected')
  })

  it('at the loss of a login drops the commands of that login', async () => {
    const { connection, clock, peer, open } = newConnection()
    await open()
    peer.isSilent = true
    const waiting = connection.exchange({ text: 'players', resend: true }, { timeoutMs: 600_000 })
    const failed = expect(waiting).rejects.toMatchObject({
      code: expect.stringMatching(/^(closed|connection-lost)$/),
    })
    let opened: Promise<void> | undefined
    const off = connection.subscribe((event) => {
      if (event.type !== 'disconnect' || event.reason !== 'forgotten') return
      off()
      connection.close()
      opened = connection.open(OTHER)
    })
    await clock.run(120_000)
    await Promise.all([opened, failed])
    expect([connection.state, connection.statistics.inFlight]).toEqual(['connected', 0])
  })
})
