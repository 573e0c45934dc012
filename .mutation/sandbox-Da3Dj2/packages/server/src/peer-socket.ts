// @ts-nocheck
import { RconError } from '@bercon/protocol'
import type { BoundSocket, DatagramReceiver, Endpoint, ListenAddress, OpenSocket } from './bound-socket.js'
import { nextState, type RconServerMove, type RconServerState } from './server-state.js'

/** A server's socket through all its states. It drops datagrams that do not belong to the current state. */
export class PeerSocket {
  readonly #openSocket: OpenSocket
  readonly #receiver: DatagramReceiver
  #state: RconServerState = 'idle'
  #opening: Promise<BoundSocket> | undefined
  #socket: BoundSocket | undefined
  #closing: Promise<void> | undefined

  constructor(openSocket: OpenSocket, receiver: DatagramReceiver) {
    this.#openSocket = openSocket
    this.#receiver = receiver
  }

  get state(): RconServerState {
    return this.#state
  }

  /** @throws {@link RconError} `server-failure` with the system's error as its cause; `closed`, `already-connected`. */
  async open(host: string, port: number): Promise<ListenAddress> {
    this.#move('open')
    try {
      this.#opening = this.#openSocket(host, port, {
        onDatagram: (datagram, from) => this.#receive(datagram, from),
        onError: (error) => this.#receiver.onError(error),
      })
      this.#socket = await this.#opening
    } catch (cause) {
      this.#move('failed')
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new RconError(
        'server-failure',
        `Cannot listen at ${host}, port ${port}: ${reason}; use another address or port`,
        { cause },
      )
    }
    if (this.#state === 'closed')
      throw new RconError('closed', 'The server was closed before it could listen; create a new one')
    this.#move('opened')
    return this.#socket.address
  }

  send(datagram: Uint8Array, to: Endpoint): void {
    if (this.#state === 'listening') this.#socket?.send(datagram, to)
  }

  pause(): void {
    this.#move('pause')
  }

  resume(): void {
    this.#move('resume')
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#move('close')
    // `open` has already reported a socket that could not be opened.
    const socket = await this.#opening?.catch(() => undefined)
    await socket?.close()
  }

  #receive(datagram: Uint8Array, from: Endpoint): void {
    if (this.#state === 'listening') this.#receiver.onDatagram(datagram, from)
  }

  #move(move: RconServerMove): void {
    this.#state = nextState(this.#state, move)
  }
}
