// @ts-nocheck
import type { Clock } from '@bercon/protocol/driver'
import type { OnDatagram, OpenProbeSocket, PeerAddress, ProbeSocket } from '../src/probe-socket.js'

const DELAY_MS = 2

/** Sockets without a network: every datagram takes 2 ms. */
export class MemoryNetwork {
  readonly #clock: Clock
  readonly #sockets = new Map<number, OnDatagram>()
  #lastPort = 40_000

  constructor(clock: Clock) {
    this.#clock = clock
  }

  readonly openSocket: OpenProbeSocket = async (_, receive) => this.open(receive)

  /** Opens a socket at once; `pretended` is the port that its datagrams seem to come from. */
  open(receive: OnDatagram, pretended?: number): ProbeSocket {
    const port = ++this.#lastPort
    this.#sockets.set(port, receive)
    const from: PeerAddress = { address: '127.0.0.1', port: pretended ?? port }
    return {
      port,
      send: (datagram, to) =>
        void this.#clock.setTimer(
          () => this.#sockets.get(to.port)?.(Uint8Array.from(datagram), from),
          DELAY_MS,
        ),
      close: () => this.#sockets.delete(port),
    }
  }
}
