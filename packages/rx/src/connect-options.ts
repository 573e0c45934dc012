import { type CallOptions, InvalidArgumentError } from '@bercon/core'
import { checkNames } from '@bercon/core/kit'

/** Options of a login. */
export interface ConnectOptions extends Pick<CallOptions, 'signal'> {
  /**
   * What a lost login leads to: the client reconnects on its own, or the observable fails with `SessionLostError`.
   * @default 'reconnect'
   */
  readonly onLost?: 'reconnect' | 'error' | undefined
}

/** @throws {@link InvalidArgumentError} naming an option that is unknown or wrong. */
export function checkConnectOptions(options: ConnectOptions): void {
  checkNames(options, ['onLost', 'signal'])
  const { onLost = 'reconnect' } = options
  if (onLost !== 'reconnect' && onLost !== 'error')
    throw new InvalidArgumentError('onLost', onLost, "'reconnect' or 'error'")
}
