import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import type { Transport } from './connection-parts.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: 'game.example', port: 2302, password: 'hunter2' }
const ADDRESSES = ['192.0.2.1', '192.0.2.2']

function newGame(change: (transport: Transport) => Partial<Transport> = () => ({})) {
  const clock = new VirtualClock()
  const peers = new Map(ADDRESSES.map((address) => [address, new ScriptedPeer()]))
  const memory = new MemoryTransport(clock, peers, new Map([[TARGET.host, ADDRESSES]]))
  const whole: Transport = {
    resolve: (host) => memory.resolve(host),
    open: (address, port, receiver) => memory.open(address, port, receiver),
  }
  const connection = new ServerConnection(
    { transport: { ...whole, ...change(whole) }, clock },
    { playersIntervalMs: 0, loginTimeoutMs: 20_000 },
  )
  const [peer, other] = [...peers.values()] as [ScriptedPeer, ScriptedPeer]
  return { clock, memory, connection, peer, other }
}

describe('a part that lacks a method', () => {
  const nothing = () => {}
  const whole: Readonly<Record<string, readonly string[]>> = {
    transport: ['resolve', 'open'],
    clock: ['now', 'wallNow', 'setTimer'],
    dialect: ['createSession'],
  }
  const partsWithout = (missing: string) =>
    Object.fromEntries(
      Object.entries(whole).map(([part, methods]) => [
        part,
        Object.fromEntries(methods.filter((name) => name !== missing).map((name) => [name, nothing])),
      ]),
    )

  it.each(
    Object.entries(whole).flatMap(([part, methods]) => methods.map((method) => [part, method] as const)),
  )('is refused by name: %s, with the method: %s', (argument, method) => {
    const refused = expect.objectContaining({
      code: 'invalid-argument',
      argument,
      message: expect.stringContaining(`no method ${method}`),
    })
    expect(() => new ServerConnection(partsWithout(method) as never)).toThrow(refused)
  })

  it('is refused if it is missing as a whole', () => {
    const parts = { ...partsWithout(''), transport: undefined }
    expect(() => new ServerConnection(parts as never)).toThrow('transport must be an object with the methods')
  })
})

describe('a broken transport', () => {
  it('may throw when it sends: the datagram is lost, and sent again', async () => {
    let broken = 2
    const { clock, connection } = newGame((whole) => ({
      open: async (address, port, receiver) => {
        const socket = await whole.open(address, port, receiver)
        const send = (datagram: Uint8Array) => {
          if (broken-- > 0) throw new Error('send broke')
          socket.send(datagram)
        }
        return { send, close: () => socket.close() }
      },
    }))
    const opened = connection.open(TARGET)
    await clock.run(3_000)
    await opened
    broken = 1
    const reply = connection.exchange({ text: 'version', resend: true })
    await clock.run(5_000)
    await expect(reply).resolves.toBe('')
  })

  it('may never open a socket: the next address is tried, within the total time', async () => {
    const { clock, memory, connection } = newGame(() => ({ open: () => new Promise(() => {}) }))
    const failed = expect(connection.open(TARGET)).rejects.toMatchObject({
      code: 'host-unreachable',
      elapsedMs: 20_000,
      detail: 'opening a socket to 192.0.2.2 timed out',
    })
    await clock.run(20_000)
    await failed
    expect([connection.state, clock.timers, memory.sockets]).toEqual(['idle', 0, 0])
  })

  it('may open a socket too late: it is closed, and the login uses the other address', async () => {
    const { clock, memory, connection } = newGame((whole) => ({
      open: async (address, port, receiver) => {
        if (address === ADDRESSES[0]) await new Promise<void>((resolve) => clock.setTimer(resolve, 15_000))
        return whole.open(address, port, receiver)
      },
    }))
    const opened = connection.open(TARGET)
    await clock.run(16_000)
    await opened
    expect([connection.state, memory.sockets]).toEqual(['connected', 1])
  })

  it('may fail to open a socket too late: the login goes on at the other address', async () => {
    const { clock, connection, other } = newGame((whole) => ({
      open: async (address, port, receiver) => {
        if (address === ADDRESSES[1]) return whole.open(address, port, receiver)
        await new Promise<void>((resolve) => clock.setTimer(resolve, 15_000))
        throw new Error('EACCES')
      },
    }))
    other.isSilent = true
    const opened = connection.open(TARGET)
    await clock.run(16_000)
    other.isSilent = false
    await clock.run(3_000)
    await opened
    expect(connection.state).toBe('connected')
  })

  it('may return no addresses', async () => {
    const { clock, connection } = newGame(() => ({ resolve: async () => undefined as never }))
    const failed = expect(connection.open(TARGET)).rejects.toMatchObject({ code: 'host-unreachable' })
    await clock.run(0)
    await failed
    expect(connection.state).toBe('idle')
  })
})

it('a slow lookup and a dead address leave their unused time to the next address', async () => {
  const { clock, connection, peer } = newGame((whole) => ({
    resolve: async (host) => {
      await new Promise<void>((resolve) => clock.setTimer(resolve, 12_000))
      return whole.resolve(host)
    },
    open: (address, port, receiver) =>
      address === ADDRESSES[1] ? Promise.reject(new Error('no route')) : whole.open(address, port, receiver),
  }))
  peer.isSilent = true
  const failed = expect(connection.open(TARGET)).rejects.toMatchObject({ code: 'login-timeout', attempts: 4 })
  await clock.run(20_000)
  await failed
})

it('a lookup is aborted when it is late, and when the connection is closed', async () => {
  const reasons: unknown[] = []
  const hanging = () => ({
    resolve: (_host: string, signal?: Parameters<Transport['resolve']>[1]) => {
      signal?.addEventListener('abort', () => reasons.push(signal.reason))
      return new Promise<never>(() => {})
    },
  })
  const late = newGame(hanging)
  const failed = expect(late.connection.open(TARGET)).rejects.toMatchObject({ code: 'host-unreachable' })
  await late.clock.run(20_000)
  await failed
  const closed = newGame(hanging)
  const ended = expect(closed.connection.open(TARGET)).rejects.toMatchObject({ code: 'closed' })
  closed.connection.close()
  await ended
  expect(reasons).toEqual(['too long', 'canceled'])
})

it('a value that is not a signal is refused by name, and nothing starts', async () => {
  const { connection, clock } = newGame()
  const signal = {} as AbortSignal
  await expect(connection.open(TARGET, { signal })).rejects.toMatchObject({ argument: 'signal' })
  expect([connection.state, clock.timers]).toEqual(['idle', 0])
})

it('no event is emitted after the end, even if it arrived with the one at which a listener closed', async () => {
  const { clock, connection, peer } = newGame()
  const emitted: ConnectionEvent['type'][] = []
  connection.subscribe(({ type }) => {
    emitted.push(type)
    if (type === 'message') connection.close()
  })
  const opened = connection.open(TARGET)
  await clock.run(10)
  await opened
  peer.say('first')
  peer.say('second')
  await clock.run(10)
  expect(emitted).toEqual(['connect', 'message', 'disconnect'])
})

it('a listener of the connection that throws stops neither the others nor the login', async () => {
  const { clock, connection } = newGame()
  connection.subscribe(() => {
    throw new Error('a bare listener')
  })
  const emitted: string[] = []
  connection.subscribe(({ type }) => emitted.push(type))
  const opened = connection.open(TARGET)
  await clock.run(10)
  await opened
  expect(emitted).toEqual(['connect'])
})

it('a command that was sent reports an unknown outcome rather than the refusal', async () => {
  const { clock, connection, peer } = newGame()
  const opened = connection.open({ ...TARGET, host: '192.0.2.1' })
  await clock.run(10)
  await opened
  peer.isSilent = true
  const asked = connection
    .exchange({ text: 'version', resend: true }, { timeoutMs: 600_000 })
    .catch((error) => error)
  await clock.run(60_000)
  peer.password = 'another'
  peer.isSilent = false
  await clock.run(60_000)
  expect(connection.state).toBe('closed')
  expect(await asked).toMatchObject({ outcome: 'unknown' })
})
