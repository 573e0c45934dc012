import { checkOptions } from '../check-options.js'

/** What goes wrong on a link, one way. Rates are probabilities from 0 to 1 for each datagram. */
export interface LinkOptions {
  /** @default 1 */
  readonly seed: number
  /**
   * Datagrams that vanish.
   * @default 0
   */
  readonly loss: number
  /**
   * Datagrams that arrive twice, the copy with a delay of its own.
   * @default 0
   */
  readonly repeat: number
  /**
   * Datagrams that are held back for up to `reorderMs` more, so that later ones overtake them.
   * @default 0
   */
  readonly reorder: number
  /**
   * The longest time for which a reordered datagram is held back, in ms.
   * @default 50
   */
  readonly reorderMs: number
  /**
   * Datagrams that arrive with a bit turned over, or cut short.
   * @default 0
   */
  readonly corrupt: number
  /**
   * The least time on the way, in ms.
   * @default 0
   */
  readonly minDelayMs: number
  /**
   * The longest time on the way, in ms, evenly spread; not below `minDelayMs`.
   * @default 0
   */
  readonly maxDelayMs: number
  /**
   * Datagrams under way at the same time; one beyond is lost, as in a full router.
   * @default 100000
   */
  readonly maxUnderWay: number
}

/** A perfect link. */
export const LINK_DEFAULTS: LinkOptions = {
  seed: 1,
  loss: 0,
  repeat: 0,
  reorder: 0,
  reorderMs: 50,
  corrupt: 0,
  minDelayMs: 0,
  maxDelayMs: 0,
  maxUnderWay: 100_000,
}

const RATE = { min: 0, max: 1 }
const DURATION = { min: 0, max: Number.MAX_SAFE_INTEGER }

/** The options with the defaults under them. @throws `InvalidArgumentError` naming the option. */
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
    maxUnderWay: { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true },
  })
  return { ...options, maxDelayMs: Math.max(options.minDelayMs, options.maxDelayMs) }
}
