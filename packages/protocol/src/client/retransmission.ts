// RFC 6298's doubling belongs to TCP: it would leave five tries in 30 s, where a link that loses every third datagram
// each way needs some twenty-four.
const GROWTH = 1.5
/** Where the growth ends, unless the measured time-out is longer; a keep-alive waits no longer in any case. */
export const CEILING_MS = 1_000

/** How long to wait for the first answer before a command is sent again. */
export function firstResendMs(timeoutMs: number, minResendIntervalMs: number): number {
  return Math.max(timeoutMs, minResendIntervalMs)
}

/** How long to wait after a further sending: 1.5 times longer, up to 1 s or the measured time-out. */
export function nextResendMs(intervalMs: number, timeoutMs: number): number {
  return Math.max(intervalMs, Math.min(intervalMs * GROWTH, Math.max(CEILING_MS, timeoutMs)))
}
