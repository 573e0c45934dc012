// Over real sockets, with hand-written datagrams and an independent checksum.
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { systemClock } from '@bercon/protocol/driver'
import { VirtualClock } from '@bercon/protocol/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { RconServer } from './rcon-server.js'
import type { RconServerEvent } from './server-event.js'
import type { RconServerOptions } from './server-options.js'

const LOGIN = '42 45 cd 3b 6d 15 ff 00 68 75 6e 74 65 72 32'
const ACCEPTED = '42 45 69 dd de 36 ff 00 01'
const REFUSED = '42 45 ff ed d9 41 ff 00 00'
const KEEP_ALIVE = '42 45 be dc c2 58 ff 01 00'
const PLAYERS_255 = '42 45 1f 31 df 88 ff 01 ff 70 6c 61 79 65 72 73'
const SAY_7 = '42 45 5e 04 15 cb ff 01 07 73 61 79 20 2d 31 20 d0 bf d1 80 d0 b8 d0 b2 d0 b5 d1 82'
const PART_1_OF_3 = '42 45 cd d8 0d c3 ff 01 09 00 03 01 61 62 63'
const MESSAGE_200 =
  '42 45 3f b0 20 26 ff 02 c8 43 6f 6e 6e 65 63 74 65 64 20 74 6f 20 42 45 20 4d 61 73 74 65 72'
const ACKNOWLEDGED_200 = '42 45 ff c5 50 e6 ff 02 c8'

const open: (RconServer | RawPeer)[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** The other end of the wire: it sends hex and records what arrives, in order. */
class RawPeer {
  readonly #socket: Socket
  readonly #received: string[] = []
  readonly #waiting: ((datagram: string) => void)[] = []

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('message', (datagram) => {
      const hex = datagram.toString('hex').replace(/..(?!$)/g, '$& ')
      const waiting = this.#waiting.shift()
      if (waiting === undefined) this.#received.push(hex)
      else waiting(hex)
    })
  }

  static async connect(port: number, address = '127.0.0.1'): Promise<RawPeer> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.connect(port, address)
    await once(socket, 'connect')
    const peer = new RawPeer(socket)
    open.push(peer)
    return peer
  }

  send(hex: string): void {
    this.#socket.send(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  }

  next(): Promise<string> {
    const received = this.#received.shift()
    if (received !== undefined) return Promise.resolve(received)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  ask(hex: string): Promise<string> {
    this.send(hex)
    return this.next()
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve))
  }
}

/** A datagram around a payload in hex and text. */
function framed(hex: string, text = ''): string {
  const payload = Buffer.concat([Buffer.from(`ff${hex.replaceAll(' ', '')}`, 'hex'), Buffer.from(text)])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(crc32(payload))
  const datagram = Buffer.concat([Buffer.from('BE'), checksum, payload])
  return datagram.toString('hex').replace(/..(?!$)/g, '$& ')
}

async function listen(options: Partial<RconServerOptions> = {}, host = '127.0.0.1') {
  const server = new RconServer({
    password: 'hunter2',
    announceLogins: false,
    onCommand: () => '',
    ...options,
  })
  open.push(server)
  const { port, family, address } = await server.listen({ host, port: 0 })
  return { server, port, family, address }
}

describe('RconServer over UDP', () => {
  it('accepts the right login and refuses any other', async () => {
    const { port } = await listen()
    expect(await (await RawPeer.connect(port)).ask(LOGIN)).toBe(ACCEPTED)
    const other = await listen({ password: 'hunter3' })
    expect(await (await RawPeer.connect(other.port)).ask(LOGIN)).toBe(REFUSED)
  })

  it('answers a keep-alive, and commands with the handler’s reply', async () => {
    const commands: string[] = []
    const { port } = await listen({
      onCommand: (command) => {
        commands.push(command)
        return command === 'players' ? 'nobody' : ''
      },
    })
    const peer = await RawPeer.connect(port)
    await peer.ask(LOGIN)
    expect(await peer.ask(KEEP_ALIVE)).toBe(KEEP_ALIVE)
    expect(await peer.ask(PLAYERS_255)).toBe(framed('01 ff', 'nobody'))
    expect(await peer.ask(SAY_7)).toBe(framed('01 07'))
    expect(commands).toEqual(['players', 'say -1 привет'])
  })

  it('sends a long reply in parts', async () => {
    const { port } = await listen({ partBytes: 3, onCommand: () => '...abc...' })
    const peer = await RawPeer.connect(port)
    await peer.ask(LOGIN)
    expect(await peer.ask(framed('01 09', 'bans'))).toBe(framed('01 09 00 03 00', '...'))
    expect(await peer.next()).toBe(PART_1_OF_3)
    expect(await peer.next()).toBe(framed('01 09 00 03 02', '...'))
  })

  it('numbers its messages, and repeats none that is acknowledged', async () => {
    const clock = new VirtualClock()
    const { server, port } = await listen({ clock })
    const peer = await RawPeer.connect(port)
    await peer.ask(LOGIN)
    for (let number = 0; number < 200; number++) {
      const sequence = number.toString(16).padStart(2, '0')
      server.broadcast(`line ${number}`)
      expect(await peer.next()).toBe(framed(`02 ${sequence}`, `line ${number}`))
      peer.send(framed(`02 ${sequence}`))
    }
    // Once this is answered, the server has everything sent before.
    expect(await peer.ask(KEEP_ALIVE)).toBe(KEEP_ALIVE)
    server.broadcast('Connected to BE Master')
    expect(await peer.next()).toBe(MESSAGE_200)
    clock.advance(2_000)
    expect(await peer.next()).toBe(MESSAGE_200)
    peer.send(ACKNOWLEDGED_200)
    expect(await peer.ask(KEEP_ALIVE)).toBe(KEEP_ALIVE)
    clock.advance(30_000)
    expect(await peer.ask(KEEP_ALIVE)).toBe(KEEP_ALIVE)
  })

  it('answers nobody who is not logged in, and no malformed datagram', async () => {
    const { port } = await listen()
    const peer = await RawPeer.connect(port)
    peer.send(KEEP_ALIVE)
    peer.send(PLAYERS_255)
    peer.send('42 45')
    peer.send(LOGIN.replace('cd', 'ce'))
    expect(await peer.ask(LOGIN)).toBe(ACCEPTED)
    peer.send(framed('03'))
    peer.send(framed('01'))
    expect(await peer.ask(KEEP_ALIVE)).toBe(KEEP_ALIVE)
  })

  it('survives a storm of hostile datagrams, and keeps answering', async () => {
    const { server, port } = await listen()
    const peer = await RawPeer.connect(port)
    await peer.ask(LOGIN)
    const stranger = await RawPeer.connect(port)
    const isAlive = async () => {
      let answer = await peer.ask(KEEP_ALIVE)
      while (answer === REFUSED) answer = await peer.next()
      return answer === KEEP_ALIVE
    }
    for (let size = 0; size < 400; size++) {
      stranger.send('ff'.repeat(size))
      peer.send(framed('02', '\0'.repeat(size)))
      peer.send(framed('00', 'x'.repeat(size)))
      // In bursts that fit the smallest receive buffer.
      if (size % 20 === 0) expect(await isAlive()).toBe(true)
    }
    stranger.send('00'.repeat(65_507))
    peer.send(framed('01 05', 'x'.repeat(65_498)))
    expect(await isAlive()).toBe(true)
    expect(server.peers).toHaveLength(1)
  })

  it('survives a peer whose port is closed', async () => {
    const { server, port } = await listen()
    const gone = await RawPeer.connect(port)
    await gone.ask(LOGIN)
    open.splice(open.indexOf(gone), 1)
    await gone.close()
    server.broadcast('is anybody there?')
    const peer = await RawPeer.connect(port)
    expect(await peer.ask(LOGIN)).toBe(ACCEPTED)
    server.broadcast('hello')
    expect(await peer.next()).toBe(framed('02 00', 'hello'))
  })

  it('reports that its port is in use', async () => {
    const { port } = await listen()
    const other = new RconServer({ password: 'hunter2', onCommand: () => '' })
    await expect(other.listen({ port })).rejects.toMatchObject({
      code: 'server-failure',
      cause: { code: 'EADDRINUSE' },
    })
  })

  it('frees its port and leaves no handle when it is closed', async () => {
    const timers = new Set<() => void>()
    const clock = {
      now: systemClock.now,
      setTimer: (callback: () => void, delayMs: number) => {
        const cancel = systemClock.setTimer(callback, delayMs)
        timers.add(cancel)
        return () => {
          timers.delete(cancel)
          cancel()
        }
      },
    }
    const sockets = async () => {
      // A closing handle is gone after a whole turn of the event loop.
      await nextTurn()
      await nextTurn()
      return process.getActiveResourcesInfo().filter((name) => name.startsWith('UDP')).length
    }
    const before = await sockets()
    const { server, port } = await listen({ clock })
    const peer = await RawPeer.connect(port)
    await peer.ask(LOGIN)
    server.broadcast('hello')
    expect(timers.size).toBe(1)
    expect(await sockets()).toBe(before + 2)
    await Promise.all([server.close(), server.close(), peer.close()])
    open.splice(0)
    expect(timers.size).toBe(0)
    expect(await sockets()).toBe(before)
    const next = new RconServer({ password: 'hunter2', onCommand: () => '' })
    await expect(next.listen({ port })).resolves.toEqual({ address: '127.0.0.1', port, family: 'IPv4' })
    await next[Symbol.asyncDispose]()
  })

  const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  )

  it(hasIpv6 ? 'serves IPv6' : 'says that it cannot listen at ::1 where there is no IPv6', async () => {
    if (!hasIpv6) {
      await expect(listen({}, '::1')).rejects.toMatchObject({ code: 'server-failure' })
      return
    }
    const { server, port, family } = await listen({}, '::1')
    expect(family).toBe('IPv6')
    expect(await (await RawPeer.connect(port, '::1')).ask(LOGIN)).toBe(ACCEPTED)
    expect(server.peers).toMatchObject([{ address: '::1' }])
  })

  it('shows IPv4 peers as such when it listens on IPv6', async () => {
    if (!hasIpv6) {
      await expect(listen({}, '::')).rejects.toMatchObject({ code: 'server-failure' })
      return
    }
    const events: RconServerEvent[] = []
    const { port } = await listen({ onEvent: (event) => events.push(event) }, '::')
    expect(await (await RawPeer.connect(port, '127.0.0.1')).ask(LOGIN)).toBe(ACCEPTED)
    expect(events).toMatchObject([{ type: 'login', peer: { address: '127.0.0.1' } }])
  })
})
