import type { ConnectionEvent } from '../connection/connection-event.js'

/** A time in which lines of the server may be missing, in ms since 1970. */
export interface Gap {
  readonly from: number
  readonly to: number
}

// A server repeats a line that is lost on its way for so long (P9): a login that ends takes with it what was to be
// repeated.
const REPEATED_MS = 10_000

/**
 * Where lines may be missing. A server that is gone looks like a quiet one until it is noticed, so that a gap begins
 * long before the `disconnect`: 10 s before the last time that anything was heard.
 */
export class GapRecord {
  // After the last that was heard nothing shows that the server still knew us.
  #heardAt: number | undefined
  #loginAt = 0

  /** Notes what an event shows; returns the gap that a login ends. */
  follow({ type, at }: ConnectionEvent): Gap | undefined {
    if (type !== 'connect' && type !== 'message' && type !== 'command') return undefined
    const heardAt = this.#heardAt
    this.#heardAt = at
    if (type !== 'connect') return undefined
    const from = Math.max(this.#loginAt, (heardAt ?? at) - REPEATED_MS)
    this.#loginAt = at
    return heardAt === undefined ? undefined : { from: Math.min(from, at), to: at }
  }
}
