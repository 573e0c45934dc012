import { CONNECTION_DEFAULTS, type ConnectionOptions } from '@bercon/core'

/** The longest duration of calls without a timeout of their own. */
export interface CallLimits {
  readonly loginMs: number
  readonly resendMs: number
  readonly onceMs: number
}

// A DNS lookup has no limit of its own; this is longer than systems take with several dead name servers.
const LOOKUP_MS = 120_000

/** The limits that the options of a connection set. */
export function callLimits(options: Partial<ConnectionOptions>): CallLimits {
  const { loginTimeoutMs, resentCommandTimeoutMs, sentOnceCommandTimeoutMs } = CONNECTION_DEFAULTS
  return {
    loginMs: (options.loginTimeoutMs ?? loginTimeoutMs) + LOOKUP_MS,
    resendMs: options.resentCommandTimeoutMs ?? resentCommandTimeoutMs,
    onceMs: options.sentOnceCommandTimeoutMs ?? sentOnceCommandTimeoutMs,
  }
}
