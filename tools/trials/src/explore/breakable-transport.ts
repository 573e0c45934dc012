import type { ConnectedSocket, Receiver, Transport } from '@bercon/core/kit'
import { decodeClientPacket, decodeServerPacket, decodeText } from '@bercon/protocol'
import type { Datagrams } from './datagrams.js'
import type { Ledger } from './ledger.js'

/** A part that can fail once. */
export type BreakablePart = 'lookup' | 'socket'

/** What a transport needs of its world. */
export interface BreakableOptions {
  readonly inTransit: Datagrams
  readonly ledger: Ledger
  readonly now: () => number
  readonly note: (text: string) => void
}

interface Socket {
  readonly receiver: Receiver
  state: 'open' | 'closed'
  isLetIn: boolean
}

// Each socket has sequences of its own.
const SEQUENCES = 256

/** The client's sockets. The next lookup of an address, or the next socket, fails if the world wants it to. */
export class BreakableTransport implements Transport {
  readonly #options: BreakableOptions
  readonly #sockets: Socket[] = []
  /** What fails next. */
  broken: BreakablePart | undefined

  constructor(options: BreakableOptions) {
    this.#options = options
  }

  /** Number of sockets that are open. */
  get openSockets(): number {
    return this.#sockets.filter(({ state }) => state === 'open').length
  }

  isOpen(id: number): boolean {
    return this.#sockets[id]?.state === 'open'
  }

  /** Whether a login of this socket was accepted. */
  isLetIn(id: number): boolean {
    return this.#sockets[id]?.isLetIn === true
  }

  async resolve(host: string): Promise<readonly string[]> {
    this.#options.note(`the client looks ${host} up`)
    this.#failIf('lookup', 'the lookup fails')
    return ['192.0.2.1']
  }

  async open(_address: string, _port: number, receiver: Receiver): Promise<ConnectedSocket> {
    this.#failIf('socket', 'the socket cannot be opened')
    const id = this.#sockets.length
    const socket: Socket = { receiver, state: 'open', isLetIn: false }
    this.#sockets.push(socket)
    return {
      send: (bytes) => this.#send(id, socket, bytes),
      close: () => {
        socket.state = 'closed'
        this.#options.inTransit.drop((each) => each.socket === id && each.to === 'client')
      },
    }
  }

  /** A datagram of the server arrives. */
  deliver(id: number, bytes: Uint8Array): void {
    const socket = this.#sockets[id]
    if (socket === undefined) return
    const packet = decodeServerPacket(bytes)
    if (packet.type === 'login' && packet.accepted) socket.isLetIn = true
    socket.receiver.onDatagram(bytes)
  }

  #failIf(part: BreakablePart, note: string): void {
    if (this.broken !== part) return
    this.broken = undefined
    this.#options.note(`      ${note}`)
    throw new Error(note)
  }

  #send(id: number, { state, isLetIn }: Socket, bytes: Uint8Array): void {
    const { inTransit, ledger, now } = this.#options
    const { client, commands } = ledger
    const packet = decodeClientPacket(bytes)
    // A message can overtake the answer to the login, and is acknowledged at once (W15).
    if (packet.type === 'command' && !isLetIn) client.early++
    if (state === 'closed') client.late++
    if (packet.type === 'command' || packet.type === 'login') client.lastCommandAt = now()
    if (packet.type === 'command')
      commands
        .find(({ text }) => text === decodeText(packet.bytes))
        ?.sequences.push(id * SEQUENCES + packet.sequence)
    inTransit.send('server', bytes, id)
  }
}
