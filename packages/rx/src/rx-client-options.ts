import type { ClientOptions } from '@bercon/client'
import type { CallOptions } from '@bercon/core'

/** What an observable client is made with; every part has a default. */
export interface RxRconClientOptions extends ClientOptions<'observable'> {}

/** How a login is made and held. */
export interface ConnectOptions extends Pick<CallOptions, 'signal'> {
  /**
   * What a lost login leads to: the client comes back by itself, or the observable fails with `SessionLostError`.
   * @default 'reconnect'
   */
  readonly onLost?: 'reconnect' | 'error' | undefined
}
