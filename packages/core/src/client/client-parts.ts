import type { ClientCache } from '../cache/client-cache.js'
import type { ClientClock } from '../clock.js'
import type { AnyConnection } from '../connection/connection.js'
import type { EventDispatcher } from '../dispatcher/event-dispatcher.js'
import type { Kind } from '../performer.js'
import type { RconEvents } from './rcon-event.js'

/** What a client can be given in place of its own. */
export interface ClientExtras<K extends Kind> {
  /** @default new RconClientCache() */
  readonly cache?: ClientCache | undefined
  /** @default new EventDispatcher() */
  readonly dispatch?: EventDispatcher<RconEvents<K>> | undefined
}

/** What every client is made of; a flavor makes it of its own options. */
export interface ClientParts<K extends Kind, C extends AnyConnection = AnyConnection>
  extends ClientExtras<K> {
  readonly connection: C
  readonly clock: ClientClock
}
