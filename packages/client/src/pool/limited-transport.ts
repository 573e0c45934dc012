import type { DatagramSocket, Receiver, Transport } from '@bercon/core'
import type { Limiter } from './limiter.js'

/** A transport that does not look up all host names at once: the system has few threads for it. */
export class LimitedTransport implements Transport {
  readonly #transport: Transport
  readonly #lookups: Limiter

  constructor(transport: Transport, lookups: Limiter) {
    this.#transport = transport
    this.#lookups = lookups
  }

  resolve(host: string): Promise<readonly string[]> {
    return this.#lookups.run(() => this.#transport.resolve(host))
  }

  open(address: string, port: number, receiver: Receiver): Promise<DatagramSocket> {
    return this.#transport.open(address, port, receiver)
  }
}
