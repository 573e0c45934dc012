import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

/** An address and a port. */
export interface PeerAddress {
  readonly address: string
  readonly port: number
}

/** A bound socket. */
export interface ProbeSocket {
  readonly port: number
  /** Sends a datagram; after `close` it does nothing. */
  readonly send: (datagram: Uint8Array, to: PeerAddress) => void
  /** Releases the port. */
  readonly close: () => void
}

/** Receives what comes to a socket. */
export type OnDatagram = (datagram: Uint8Array, from: PeerAddress) => void

/** Binds a socket to `address` on any free port. */
export type OpenProbeSocket = (address: string, receive: OnDatagram) => Promise<ProbeSocket>

const BUFFER_BYTES = 4 * 1024 * 1024

/** A socket of `node:dgram`. It is not connected, so that it sees who really answers. */
export const openUdpSocket: OpenProbeSocket = async (address, receive) => {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  await bind(socket, address)
  try {
    socket.setRecvBufferSize(BUFFER_BYTES)
  } catch {
    // Some systems refuse what others clamp.
  }
  // A peer that is gone must not stop the kit: that it does not answer shows by itself.
  socket.on('error', () => {})
  socket.on('message', (datagram, from) => receive(datagram, { address: from.address, port: from.port }))
  let state: 'open' | 'closed' = 'open'
  return {
    port: socket.address().port,
    // What a case still has to send when it is over goes nowhere.
    send: (datagram, to) => {
      if (state === 'open') socket.send(datagram, to.port, to.address, () => {})
    },
    close: () => {
      state = 'closed'
      socket.close()
    },
  }
}

/** The numeric address of a host. */
export async function addressOf(host: string): Promise<string> {
  return (await lookup(host)).address
}

function bind(socket: Socket, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address, port: 0 }, () => {
      socket.off('error', reject)
      resolve()
    })
  })
}
