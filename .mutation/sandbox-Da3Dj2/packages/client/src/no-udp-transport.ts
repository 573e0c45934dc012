// @ts-nocheck
import { unshownArgument } from '@bercon/core/kit'
import type { UdpTransportOptions } from './udp-transport.js'

/**
 * Replaces {@link UdpTransport} where there is no UDP, such as in a browser, so that the package loads there. Its
 * constructor throws an error that says what to pass to a client instead.
 */
export class UdpTransport {
  /** @throws {@link InvalidArgumentError} always. */
  constructor(_options?: UdpTransportOptions) {
    throw unshownArgument(
      'transport',
      undefined,
      'a transport',
      'This platform has no UDP; pass a transport or a connection',
    )
  }
}
