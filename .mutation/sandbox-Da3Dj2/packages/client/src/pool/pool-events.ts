// @ts-nocheck
import { EventDispatcher, type RconErrorEvent, type RconEvents } from '@bercon/core'

type ClientEvents = RconEvents<'promise'>

/** An event of one of the servers. */
export interface PoolEvent<Name extends keyof ClientEvents> {
  /** The server's name in the pool. */
  readonly server: string
  readonly event: ClientEvents[Name]
}

/** The events of all servers by name; `error` also reports failures in the pool's own listeners, without a server. */
export type PoolEvents = {
  readonly [Name in Exclude<keyof ClientEvents, 'error'>]: PoolEvent<Name>
} & { readonly error: RconErrorEvent & Partial<PoolEvent<'error'>> }

/** A client's dispatcher that forwards its events to the pool. */
export class ForwardingDispatcher extends EventDispatcher<ClientEvents> {
  readonly #server: string
  readonly #pool: EventDispatcher<PoolEvents>

  constructor(server: string, pool: EventDispatcher<PoolEvents>) {
    super()
    this.#server = server
    this.#pool = pool
  }

  override emit<Name extends keyof ClientEvents>(name: Name, event: ClientEvents[Name]): void {
    super.emit(name, event)
    if (this.#pool.listenerCount(name) === 0) return
    const tagged = { server: this.#server, event }
    // Errors are forwarded as errors, so that the pool's own and those of its servers look alike.
    this.#pool.emit(
      name,
      (name === 'error' ? { ...event, ...tagged } : tagged) as unknown as PoolEvents[Name],
    )
  }
  // A listener on the pool has received it.
  protected override unheard(event: ClientEvents['error']): void {
    if (this.#pool.listenerCount('error') === 0) super.unheard(event)
  }
}
