import type { NatsConnection } from '@nats-io/transport-node'

type Connection = Pick<NatsConnection, 'status' | 'isClosed'>

/**
 * Whether a connection to NATS is up. The library keeps what is sent while it is not, and sends it when NATS is back:
 * writes of leases that nobody waits for any more. A sender asks here first.
 */
export class NatsLink {
  readonly #connection: Connection
  readonly #listeners = new Set<() => void>()
  #isUp = true

  constructor(connection: Connection) {
    this.#connection = connection
    void this.#follow()
  }

  /** Whether there is a connection now. */
  get isUp(): boolean {
    return this.#isUp && !this.#connection.isClosed()
  }

  /** @throws if there is no connection. */
  check(): void {
    if (!this.isUp) throw new Error('There is no connection to NATS')
  }

  /** Calls the listener each time the connection is lost or back; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection') this.#become(false)
      if (type === 'reconnect') this.#become(true)
    }
  }

  #become(isUp: boolean): void {
    if (this.#isUp === isUp) return
    this.#isUp = isUp
    for (const listener of [...this.#listeners]) listener()
  }
}
