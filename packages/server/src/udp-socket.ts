import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { BoundSocket, Endpoint, ListenAddress, OpenSocket } from './bound-socket.js'
import { TurnPace } from './turn-pace.js'

// The usual size loses parts of long replies and commands of many peers. This is a request; the system may grant less.
const BUFFER_BYTES = 4 * 1024 * 1024

// Limit of datagrams that the system has not accepted yet. Each counts more than its bytes, or small ones would fill
// the memory many times over.
const MAX_UNSENT_BYTES = 64 * 1024 * 1024
const DATAGRAM_OVERHEAD_BYTES = 1024

const MAPPED = '::ffff:'

/** A socket of `node:dgram`, IPv4 or IPv6 depending on the host. */
export const openUdpSocket: OpenSocket = async (host, port, receiver) => {
  const { address, family } = await lookup(host)
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
  await bind(socket, address, port)
  askForBuffers(socket)
  socket.on('error', (error) => receiver.onError(error))
  socket.on('message', (datagram, { address, port }) => {
    // Anybody can send from port 0, but nobody can send to it.
    if (port !== 0) receiver.onDatagram(datagram, { address: plainAddress(address), port })
  })
  return new UdpSocket(socket, family === 6 ? 'IPv6' : 'IPv4', (error) => receiver.onError(error))
}

class UdpSocket implements BoundSocket {
  readonly address: ListenAddress
  readonly #socket: Socket
  readonly #onError: (error: Error) => void
  #state: 'open' | 'closed' = 'open'
  readonly #pace = new TurnPace((datagram, to) => this.#transmit(datagram, to))
  #unsentBytes = 0

  constructor(socket: Socket, family: 'IPv4' | 'IPv6', onError: (error: Error) => void) {
    const { address, port } = socket.address()
    this.address = { address, port, family }
    this.#socket = socket
    this.#onError = onError
  }

  send(datagram: Uint8Array, to: Endpoint): void {
    // Datagrams can be lost anywhere on their way, so drop them here before they fill the memory.
    const cost = costOf(datagram)
    if (this.#unsentBytes + cost > MAX_UNSENT_BYTES) return
    this.#unsentBytes += cost
    this.#pace.add(datagram, to)
  }

  close(): Promise<void> {
    this.#pace.flush()
    this.#state = 'closed'
    return new Promise((resolve) => this.#socket.close(resolve))
  }

  #transmit(datagram: Uint8Array, to: Endpoint): void {
    const isMapped = this.address.family === 'IPv6' && !to.address.includes(':')
    const address = isMapped ? `${MAPPED}${to.address}` : to.address
    const finish = (error: Error | null): void => {
      this.#unsentBytes -= costOf(datagram)
      if (error !== null) this.#onError(error)
    }
    this.#socket.send(datagram, to.port, address, (error) => {
      if (this.#state === 'open' && isOfAnother(error)) this.#socket.send(datagram, to.port, address, finish)
      else finish(error)
    })
  }
}

function costOf(datagram: Uint8Array): number {
  return datagram.length + DATAGRAM_OVERHEAD_BYTES
}

/**
 * Whether the error is about an earlier datagram. That one found nobody, for example an admin who left, which Node
 * never reports. Bun reports it for the next datagram, to any destination, and does not send that one.
 */
function isOfAnother(error: Error | null): boolean {
  return error !== null && 'code' in error && error.code === 'ECONNREFUSED'
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close()
      reject(error)
    }
    socket.once('error', fail)
    socket.bind({ address, port }, () => {
      socket.off('error', fail)
      resolve()
    })
  })
}

function askForBuffers(socket: Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES)
    socket.setSendBufferSize(BUFFER_BYTES)
  } catch {
    // Some systems refuse what others clamp; the server works with the size it gets.
  }
}

/** An IPv6 socket shows an IPv4 address as `::ffff:1.2.3.4`; elsewhere it is the plain IPv4 address. */
function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address
}
