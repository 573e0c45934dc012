// @ts-nocheck
import { Socket } from 'node:dgram'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BoundSocket, Endpoint } from './bound-socket.js'
import { openUdpSocket } from './udp-socket.js'

const open: BoundSocket[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(open.splice(0).map((socket) => socket.close()))
})

// More than UDP carries, so that every attempt to send it is an error.
const TOO_LONG = new Uint8Array(65_600)

async function openCounting() {
  const errors: Error[] = []
  let wake = () => {}
  const socket = await openUdpSocket('localhost', 0, {
    onDatagram: () => {},
    onError: (error) => {
      errors.push(error)
      wake()
    },
  })
  open.push(socket)
  const until = async (isReached: () => boolean) => {
    while (!isReached())
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  return { socket, errors, until }
}

it('reports a datagram that cannot be sent', async () => {
  const { socket, errors, until } = await openCounting()
  socket.send(TOO_LONG, socket.address)
  await until(() => errors.length > 0)
  expect(errors).toMatchObject([{ code: 'EMSGSIZE' }])
})

it('drops datagrams once 64 MiB wait to be sent, with 1 KiB more for each, and continues afterwards', async () => {
  const { socket, errors, until } = await openCounting()
  const { address, port } = socket.address
  const most = Math.floor((64 * 1024 * 1024) / (TOO_LONG.length + 1024))
  for (let count = 0; count < most + 100; count++) socket.send(TOO_LONG, { address, port })
  await until(() => errors.length >= most)
  const last = { address, port: port === 1 ? 2 : 1 }
  socket.send(TOO_LONG, last)
  await until(() => errors.some((error) => 'port' in error && error.port === last.port))
  expect(errors).toHaveLength(most + 1)
})

it('drops datagrams from port 0, which nobody can answer', async () => {
  // No socket can send from there without privileges, so the datagrams are passed to the open one.
  const sockets: Socket[] = []
  const note = (message: unknown) => sockets.push((message as { readonly socket: Socket }).socket)
  const received: Endpoint[] = []
  subscribe('udp.socket', note)
  open.push(
    await openUdpSocket('127.0.0.1', 0, {
      onDatagram: (_, from) => received.push(from),
      onError: () => {},
    }),
  )
  unsubscribe('udp.socket', note)
  for (const port of [0, 2304])
    sockets[0]?.emit('message', Buffer.from('BE'), { address: '192.0.2.1', family: 'IPv4', port, size: 2 })
  expect(received).toEqual([{ address: '192.0.2.1', port: 2304 }])
})

it('binds to a host name', async () => {
  const { socket } = await openCounting()
  expect(['127.0.0.1', '::1']).toContain(socket.address.address)
})

describe('a datagram refused because an earlier one found nobody', () => {
  type Sent = (error: Error | null) => void
  const REFUSED = Object.assign(new Error('send ECONNREFUSED'), { code: 'ECONNREFUSED' })

  /** Fails this many sendings, like Bun, and counts all of them; the others succeed. */
  function refuse(times: number) {
    const send = vi.spyOn(Socket.prototype, 'send')
    send.mockImplementation((...args: unknown[]) => (args.at(-1) as Sent)(times-- > 0 ? REFUSED : null))
    return send
  }

  it('is sent once more', async () => {
    const { socket, errors } = await openCounting()
    const send = refuse(1)
    socket.send(Uint8Array.of(1), { address: '127.0.0.1', port: 2304 })
    expect(send.mock.calls.map(([datagram, port]) => [datagram, port])).toEqual([
      [Uint8Array.of(1), 2304],
      [Uint8Array.of(1), 2304],
    ])
    expect(errors).toEqual([])
  })

  it('is dropped and reported if it is refused again', async () => {
    const { socket, errors } = await openCounting()
    const send = refuse(9)
    socket.send(Uint8Array.of(1), { address: '127.0.0.1', port: 2304 })
    expect(send).toHaveBeenCalledTimes(2)
    expect(errors).toEqual([REFUSED])
  })

  it('is not sent by a socket that is closed by then', async () => {
    const { socket, errors } = await openCounting()
    let callback: Sent = () => {}
    const send = vi.spyOn(Socket.prototype, 'send')
    send.mockImplementation((...args: unknown[]) => {
      callback = args.at(-1) as Sent
    })
    socket.send(Uint8Array.of(1), { address: '127.0.0.1', port: 2304 })
    open.splice(0)
    await socket.close()
    callback(REFUSED)
    expect(send).toHaveBeenCalledTimes(1)
    expect(errors).toEqual([REFUSED])
  })
})
