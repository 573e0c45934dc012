// @ts-nocheck
import { type CancelSignal, isIpAddress } from '@bercon/core'
import type { ConnectedSocket, Receiver, Transport } from '@bercon/core/kit'
import type { Limiter } from './limiter.js'

/** A transport that limits concurrent DNS lookups, because the system has few threads for them. */
export class LimitedTransport implements Transport {
  readonly #transport: Transport
  readonly #lookups: Limiter

  constructor(transport: Transport, lookups: Limiter) {
    this.#transport = transport
    this.#lookups = lookups
  }

  resolve(host: string, signal?: CancelSignal): Promise<readonly string[]> {
    const resolve = () => this.#transport.resolve(host, signal)
    // An address needs no lookup, so it must not wait behind names that do not resolve. A link-local one has a zone.
    const [address = ''] = host.split('%', 1)
    return isIpAddress(address) ? resolve() : this.#lookups.run(resolve, signal)
  }

  open(address: string, port: number, receiver: Receiver): Promise<ConnectedSocket> {
    return this.#transport.open(address, port, receiver)
  }
}
