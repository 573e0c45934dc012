import type { AsyncRconClientOptions } from '@bercon/client'
import type { CallOptions, ClientParts } from '@bercon/core'

/** What an observable client is made with; every part has a default. */
export interface RxRconClientOptions
  extends Omit<AsyncRconClientOptions, keyof ClientParts<'promise'>>,
    ClientParts<'observable'> {}

/** How a login is made and held. */
export interface ConnectOptions extends Pick<CallOptions, 'signal'> {
  /**
   * What a lost login leads to: the client comes back by itself, or the observable fails with `SessionLostError`.
   * @default 'reconnect'
   */
  readonly onLost?: 'reconnect' | 'error' | undefined
}
