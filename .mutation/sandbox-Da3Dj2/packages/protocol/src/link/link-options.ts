// @ts-nocheck
import { checkOptions } from '../check-options.js'

/** Faults of a link in one direction. Rates are probabilities from 0 to 1 for each datagram. */
export interface LinkOptions {
  /** @default 1 */
  readonly seed: number
  /**
   * Probability that a datagram is lost.
   * @default 0
   */
  readonly loss: number
  /**
   * Probability that a datagram arrives twice; the copy has its own delay.
   * @default 0
   */
  readonly repeat: number
  /**
   * Probability that a datagram is held back for up to `reorderMs`, so that later ones overtake it.
   * @default 0
   */
  readonly reorder: number
  /**
   * Longest time that a reordered datagram is held back, in ms.
   * @default 50
   */
  readonly reorderMs: number
  /**
   * Probability that a datagram arrives with a flipped bit, or truncated.
   * @default 0
   */
  readonly corrupt: number
  /**
   * Shortest delay, in ms.
   * @default 0
   */
  readonly minDelayMs: number
  /**
   * Longest delay, in ms, at least `minDelayMs`. Delays are evenly distributed between the two.
   * @default 0
   */
  readonly maxDelayMs: number
  /**
   * Most datagrams in transit at the same time; further ones are lost, as in a full router.
   * @default 100000
   */
  readonly maxInTransit: number
}

/** The defaults: a perfect link. */
export const LINK_DEFAULTS: LinkOptions = {
  seed: 1,
  loss: 0,
  repeat: 0,
  reorder: 0,
  reorderMs: 50,
  corrupt: 0,
  minDelayMs: 0,
  maxDelayMs: 0,
  maxInTransit: 100_000,
}

const RATE = { min: 0, max: 1 }
const DURATION = { min: 0, max: Number.MAX_SAFE_INTEGER }

/** Merges the options over the defaults. @throws `InvalidArgumentError` naming the option. */
export function linkOptions(given: Partial<LinkOptions>): LinkOptions {
  const options = checkOptions(given, LINK_DEFAULTS, {
    seed: { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, integer: true },
    loss: RATE,
    repeat: RATE,
    reorder: RATE,
    reorderMs: DURATION,
    corrupt: RATE,
    minDelayMs: DURATION,
    maxDelayMs: DURATION,
    maxInTransit: { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true },
  })
  return { ...options, maxDelayMs: Math.max(options.minDelayMs, options.maxDelayMs) }
}
