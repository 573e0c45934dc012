import type { ConnectionOptions } from './connection-options.js'

/**
 * How long to wait before the login number `attempt` (from 1) after a lost one, in ms: doubled each time up to the
 * cap, and a part of it left to `random`, a number from 0 up to 1.
 */
export function reconnectDelay(attempt: number, options: ConnectionOptions, random: number): number {
  const { reconnectDelayMs, maxReconnectDelayMs, reconnectJitter } = options
  // The exponent is bounded, or a week of attempts would end at Infinity times zero.
  const delayMs = Math.min(maxReconnectDelayMs, reconnectDelayMs * 2 ** Math.min(attempt - 1, 30))
  // Whole, because people read it.
  return Math.round(delayMs * (1 - reconnectJitter * random))
}
