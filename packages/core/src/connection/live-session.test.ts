import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import type { Transport } from './connection-parts.js'
import { battleye, type Dialect, type SessionEvent } from './dialect.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }
const LONG = { timeoutMs: 1_000_000 }

function newConnection(dialect: Dialect = battleye) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  const memory = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  let sent = 0
  let receive = (_datagram: Uint8Array): void => {}
  const transport: Transport = {
    resolve: (host) => memory.resolve(host),
    open: async (address, port, receiver) => {
      receive = receiver.onDatagram
      const socket = await memory.open(address, port, receiver)
      const send = (datagram: Uint8Array) => {
        sent++
        socket.send(datagram)
      }
      return { ...socket, send }
    },
  }
  const connection = new ServerConnection({ transport, clock, dialect }, { playersIntervalMs: 0 })
  /** Calls `act` at the first event of a type. */
  const atFirst = (type: ConnectionEvent['type'], act: () => void) => {
    const off = connection.subscribe((event) => {
      if (event.type !== type) return
      off()
      act()
    })
  }
  return {
    clock,
    peer,
    connection,
    atFirst,
    /** Datagrams sent so far. */
    sent: () => sent,
    /** Delivers a datagram to the client at once. */
    receive: (datagram: Uint8Array) => receive(datagram),
  }
}

const message = (sequence: number, text: string) =>
  encodeServerPacket({ type: 'message', sequence, bytes: encodeText(text) })

/** A signal that the test aborts, without a platform. */
function newSignal() {
  const listeners = new Set<() => void>()
  return {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (_type: 'abort', listener: () => void) => listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => listeners.delete(listener),
    abort(reason: unknown) {
      this.aborted = true
      this.reason = reason
      for (const listener of listeners) listener()
    },
    listeners,
  }
}

describe('a session, its socket and its requests', () => {
  it('send a listener’s command before the listener continues', async () => {
    const { clock, connection, atFirst, sent } = newConnection()
    const sentAtTheCall: number[] = []
    atFirst('connect', () => {
      sentAtTheCall.push(sent())
      connection.exchange({ text: 'version', resend: true }).catch(() => {})
      sentAtTheCall.push(sent())
    })
    void connection.open(TARGET)
    await clock.run(0)
    expect(sentAtTheCall).toEqual([1, 2])
  })

  it('finish with one event before they begin with the next, even if it arrives within a listener', async () => {
    const { clock, connection, receive } = newConnection()
    void connection.open(TARGET)
    await clock.run(0)
    const order: string[] = []
    connection.subscribe((event) => {
      if (event.type !== 'message') return
      order.push(`begin ${event.text}`)
      if (event.text === 'a') {
        connection.exchange({ text: 'version', resend: true }).catch(() => {})
        receive(message(1, 'b'))
      }
      order.push(`end ${event.text}`)
    })
    receive(message(0, 'a'))
    expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b'])
    receive(message(2, 'c'))
    expect(order.slice(4)).toEqual(['begin c', 'end c'])
  })

  it('forget a command that a listener canceled while its session ended', async () => {
    const { clock, peer, connection, atFirst } = newConnection()
    void connection.open(TARGET)
    await clock.run(0)
    peer.reply = () => undefined
    const signal = newSignal()
    const reply = connection.exchange({ text: 'version', resend: true }, { ...LONG, signal })
    const failed = expect(reply).rejects.toBe('enough')
    atFirst('disconnect', () => signal.abort('enough'))
    await clock.run(120_000)
    await failed
    const asked = peer.commands.length
    peer.reply = () => ''
    await clock.run(120_000)
    expect(connection.state).toBe('connected')
    expect(peer.commands.slice(asked)).toEqual([])
    expect([signal.listeners.size, connection.statistics.queued]).toEqual([0, 0])
  })

  it('do not confuse a canceled command with one of the next login that has the same number', async () => {
    const { clock, peer, connection, atFirst } = newConnection()
    void connection.open(TARGET)
    await clock.run(0)
    peer.reply = () => undefined
    const signal = newSignal()
    const first = connection.exchange({ text: 'version', resend: true }, { ...LONG, signal })
    const failed = expect(first).rejects.toBe('enough')
    let second: Promise<string> | undefined
    atFirst('disconnect', () => {
      second = connection.exchange({ text: 'bans', resend: true }, LONG)
      signal.abort('enough')
    })
    await clock.run(120_000)
    await failed
    peer.reply = (command) => `done: ${command}`
    await clock.run(120_000)
    expect(await second).toBe('done: bans')
  })

  it('leave no listener at the signal of a command that was answered, or of an opening that succeeded', async () => {
    const { clock, peer, connection } = newConnection()
    const signal = newSignal()
    const opened = connection.open(TARGET, { signal })
    await clock.run(0)
    await opened
    expect(signal.listeners.size).toBe(0)
    peer.reply = () => 'v1'
    const reply = connection.exchange({ text: 'version', resend: true }, { signal })
    expect(signal.listeners.size).toBe(1)
    await clock.run(0)
    expect([await reply, signal.listeners.size]).toEqual(['v1', 0])
  })

  it('fail waiting commands with the abort’s reason if a listener aborted the first login', async () => {
    const { clock, peer, connection, atFirst, receive } = newConnection()
    peer.isSilent = true
    const signal = newSignal()
    atFirst('malformed', () => signal.abort('enough'))
    const opened = expect(connection.open(TARGET, { signal })).rejects.toBe('enough')
    const waiting = expect(connection.exchange({ text: 'version', resend: true })).rejects.toBe('enough')
    await clock.run(10)
    receive(new Uint8Array(3))
    await Promise.all([opened, waiting])
    expect(connection.state).toBe('idle')
  })

  it('drop an acceptance that arrived before a listener aborted the first login', async () => {
    const { clock, peer, connection, atFirst, receive } = newConnection()
    peer.isSilent = true
    const signal = newSignal()
    const connects: unknown[] = []
    connection.subscribe((event) => event.type === 'connect' && connects.push(event))
    atFirst('malformed', () => {
      receive(encodeServerPacket({ type: 'login', accepted: true }))
      signal.abort('enough')
    })
    const opened = expect(connection.open(TARGET, { signal })).rejects.toBe('enough')
    await clock.run(10)
    receive(new Uint8Array(3))
    await opened
    expect([connection.state, connects]).toEqual(['idle', []])
  })

  it.each(['connected', 'closed'] as const)('ignore the abort of an opening that is %s', async (state) => {
    const { clock, peer, connection, atFirst } = newConnection()
    const signal = newSignal()
    if (state === 'connected') atFirst('connect', () => signal.abort('too late'))
    else peer.isSilent = true
    const opened = connection.open(TARGET, { signal }).catch(({ code }) => code)
    await clock.run(0)
    if (state === 'closed') {
      connection.close()
      signal.abort('too late')
    }
    expect([connection.state, await opened]).toEqual([state, state === 'closed' ? 'closed' : undefined])
  })

  it('reject a command that does not fit a datagram, and forget it', async () => {
    const { clock, connection } = newConnection()
    void connection.open(TARGET)
    await clock.run(0)
    const signal = newSignal()
    const text = 'x'.repeat(70_000)
    await expect(connection.exchange({ text, resend: true }, { signal })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    expect([signal.listeners.size, connection.statistics.inFlight]).toEqual([0, 0])
  })
})

describe('the table of moves', () => {
  it('is enforced: a session that makes an illegal move gets an error', async () => {
    const twice: Dialect = {
      ...battleye,
      createSession: (options) => {
        const session = battleye.createSession(options)
        const takeEvents = session.takeEvents.bind(session)
        const again = (event: SessionEvent): readonly SessionEvent[] =>
          event.type === 'logged-in' ? [event, event] : [event]
        return Object.assign(session, { takeEvents: () => takeEvents().flatMap(again) })
      },
    }
    const { clock, peer, connection, receive } = newConnection(twice)
    peer.isSilent = true
    void connection.open(TARGET)
    await clock.run(10)
    const accepted = encodeServerPacket({ type: 'login', accepted: true })
    expect(() => receive(accepted)).toThrow('the connection is "connected", which does not allow "logged-in"')
    expect(connection.state).toBe('connected')
  })
})
