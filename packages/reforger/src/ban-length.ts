import { checkNumber, InvalidArgumentError } from '@bercon/core'

/** How long a ban lasts, with its unit: the built-in RCON counts in seconds, BattlEye's in minutes. */
export type BanLength = { readonly minutes: number } | { readonly seconds: number } | 'forever'

const MAX_SECONDS = 2_147_483_647
const MINUTE_S = 60

/** The length in seconds; 0 is permanent. @throws {@link InvalidArgumentError} for any other, 0 included. */
export function secondsOf(length: BanLength): number {
  if (length === 'forever') return 0
  // A length that is rounded down must not make a ban permanent, so 0 is refused.
  if (typeof length === 'object' && length !== null && 'minutes' in length) {
    checkNumber('minutes', length.minutes, { min: 1, max: Math.floor(MAX_SECONDS / MINUTE_S), integer: true })
    return length.minutes * MINUTE_S
  }
  if (typeof length === 'object' && length !== null && 'seconds' in length) {
    checkNumber('seconds', length.seconds, { min: 1, max: MAX_SECONDS, integer: true })
    return length.seconds
  }
  throw new InvalidArgumentError('length', length, "{ minutes }, { seconds }, or 'forever'")
}

/** The length in minutes, `undefined` for a permanent ban. @throws {@link InvalidArgumentError} where it is no whole number of them. */
export function minutesOf(length: BanLength): number | undefined {
  const seconds = secondsOf(length)
  if (seconds % MINUTE_S !== 0)
    throw new InvalidArgumentError('seconds', seconds, 'whole minutes: this server runs the RCON of BattlEye')
  return seconds === 0 ? undefined : seconds / MINUTE_S
}
