// @ts-nocheck
import type { ConnectionEvent } from '../connection/connection-event.js'

/** A period in which lines of the server may be missing, in ms since 1970. */
export interface Gap {
  readonly from: number
  readonly to: number
}

// The server repeats a lost line for this long (P9). A login that ends loses the lines that were still to be repeated.
const REPEATED_MS = 10_000

/**
 * Finds periods in which lines may be missing. A server that is gone looks like a quiet one until that is detected, so
 * a gap starts long before the `disconnect`: 10 s before the last sign of the server.
 */
export class GapRecord {
  // When the server last showed that it knew the client.
  #heardAt: number | undefined
  #loginAt = 0

  /** Handles an event. Returns the gap that it ends. */
  follow(event: ConnectionEvent): Gap | undefined {
    const { type, at } = event
    if (type === 'eventsDropped') return { from: Math.min(event.from, at), to: at }
    if (type !== 'connect' && type !== 'message' && type !== 'command') return undefined
    const heardAt = this.#heardAt
    this.#heardAt = at
    if (type !== 'connect') return undefined
    const from = Math.max(this.#loginAt, (heardAt ?? at) - REPEATED_MS)
    this.#loginAt = at
    return heardAt === undefined ? undefined : { from: Math.min(from, at), to: at }
  }
}
