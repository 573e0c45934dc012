import type { ConnectionOptions } from '@bercon/core'

/** A client that soon notices that its server is gone, and soon comes back. */
export const NERVOUS: Partial<ConnectionOptions> = {
  keepAliveMs: 100,
  forgottenAfterPackets: 1,
  forgottenAfterMs: 300,
  reconnectDelayMs: 10,
  loginRepeatMs: 50,
}
