// @ts-nocheck
import type { Socket, SocketOptions } from 'node:dgram'
import { type ConnectedSocket, checkOptions, type Receiver, type Transport } from '@bercon/core/kit'
import { publishReceived, publishSent } from './diagnostics.js'
import { ipVersion, senderFilter } from './sender-filter.js'

/** Looks up a host name; returns its IPv4 and IPv6 addresses in the order in which to try them. */
export type Lookup = (host: string) => Promise<readonly string[]>

/** Options of {@link UdpTransport}. */
export interface UdpTransportOptions {
  /**
   * The receive buffer to request from the system, in bytes, from 1; the system may grant less. The usual 200 KB hold some
   * 90 parts of a long reply; parts beyond that are lost.
   * @default 4194304
   */
  readonly receiveBufferBytes?: number
  /**
   * Looks up host names. The system's lookup cannot be interrupted: with a dead name server it keeps the process alive
   * for seconds after `close()`.
   * @default dns.lookup, all addresses
   */
  readonly lookup?: Lookup
}

const DEFAULTS: Required<UdpTransportOptions> = {
  receiveBufferBytes: 4 * 1024 * 1024,
  lookup: async (host) => {
    const found = await process.getBuiltinModule('node:dns/promises').lookup(host, { all: true })
    return found.map(({ address }) => address)
  },
}

// The system takes it as a C int.
const MOST_BYTES = 2 ** 31 - 1

/**
 * UDP over `node:dgram`. Sockets are connected, and receive from the server only; names are looked up again for each
 * login, IPv4 and IPv6.
 */
export class UdpTransport implements Transport {
  readonly #receiveBufferBytes: number
  readonly #lookup: Lookup

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: UdpTransportOptions = {}) {
    const { receiveBufferBytes, lookup } = checkOptions(options, DEFAULTS, {
      receiveBufferBytes: { min: 1, max: MOST_BYTES, integer: true },
    })
    this.#receiveBufferBytes = receiveBufferBytes
    this.#lookup = lookup
  }

  async resolve(host: string): Promise<readonly string[]> {
    return ipVersion(host) === 0 ? this.#lookup(host) : [host]
  }

  async open(address: string, port: number, receiver: Receiver): Promise<ConnectedSocket> {
    // The system reads an empty string as the local machine, and queries its name servers for any other.
    checkAddress(address)
    // Loading this module with the package would make the import of a client a third slower.
    const socket = process.getBuiltinModule('node:dgram').createSocket(socketOptions(address))
    return new Promise((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close()
        reject(error)
      })
      socket.once('connect', () => {
        socket.removeAllListeners('error')
        socket.on('error', receiver.onError)
        // On a connected socket the system drops datagrams of strangers; Deno does not connect the socket.
        const isFromServer = senderFilter(...peerOf(socket, address, port))
        socket.on('message', (datagram, sender) => {
          if (!isFromServer(sender)) return
          publishReceived(address, port, datagram)
          receiver.onDatagram(datagram)
        })
        askForBuffer(socket, this.#receiveBufferBytes)
        resolve(datagramSocket(socket, address, port))
      })
      socket.connect(port, address)
    })
  }
}

const SHOWN_LENGTH = 80

// A user's lookup can return anything.
function checkAddress(address: unknown): void {
  if (typeof address === 'string' && ipVersion(address) !== 0) return
  throw new Error(
    `the lookup returned ${JSON.stringify(address)?.slice(0, SHOWN_LENGTH)}, which is not an IP address`,
  )
}

// Without a look-up of its own, the socket loads the system's even to connect to an address.
function socketOptions(address: string): SocketOptions {
  const version = ipVersion(address) === 6 ? 6 : 4
  return {
    type: `udp${version}`,
    lookup: (known, _options, callback) => callback(null, known, version),
  }
}

/** The peer of the socket: for `0.0.0.0`, or a name, the system picks an address of its own. */
function peerOf(socket: Socket, address: string, port: number): [address: string, port: number] {
  try {
    const peer = socket.remoteAddress()
    return ipVersion(peer.address) === 0 ? [address, port] : [peer.address, peer.port]
  } catch {
    // Not every runtime has it.
    return [address, port]
  }
}

const SLAB_BYTES = 64 * 1024

/**
 * Memory for datagrams that the system sends. A small array lives on V8's heap and is moved off it when the system reads
 * it, which costs many times the copy into memory that is off the heap already.
 */
export class Slab {
  #bytes = new Uint8Array(0)
  #used = 0

  /** Returns a copy that is never overwritten; a full slab is replaced, because datagrams in it may still wait to be sent. */
  copy(datagram: Uint8Array): Uint8Array {
    const { length } = datagram
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(SLAB_BYTES, length))
      this.#used = 0
    }
    this.#bytes.set(datagram, this.#used)
    const copy = this.#bytes.subarray(this.#used, this.#used + length)
    this.#used += length
    return copy
  }
}

const outgoing: Slab = /* @__PURE__ */ new Slab()

function askForBuffer(socket: Socket, bytes: number): void {
  try {
    socket.setRecvBufferSize(bytes)
  } catch {
    // Not every system or runtime allows it; a long reply then takes another sending.
  }
}

function datagramSocket(socket: Socket, address: string, port: number): ConnectedSocket {
  let state: 'open' | 'closed' = 'open'
  return {
    send: (datagram) => {
      if (state === 'closed') return
      publishSent(address, port, datagram)
      socket.send(outgoing.copy(datagram))
    },
    close: () => {
      if (state === 'closed') return
      state = 'closed'
      socket.removeAllListeners('message')
      socket.close()
    },
  }
}
