import { InvalidArgumentError } from '@bercon/core'

const MAX_SECONDS = 2_147_483_647
const MINUTE_S = 60
const EXPECTED = `the length in minutes, in steps of a second (0.5 is 30 seconds) and up to ${MAX_SECONDS} seconds, or undefined for a permanent ban`

/** The length of a ban in seconds, as the built-in RCON counts; 0 is permanent. @throws {@link InvalidArgumentError} for 0 minutes too. */
export function secondsOf(minutes: number | undefined): number {
  if (minutes === undefined) return 0
  // A length that is rounded down must not make a ban permanent, so 0 is refused.
  const seconds = Math.round(minutes * MINUTE_S)
  if (!(seconds >= 1 && seconds <= MAX_SECONDS && seconds / MINUTE_S === minutes))
    throw new InvalidArgumentError('minutes', minutes, EXPECTED)
  return seconds
}

/** The minutes as BattlEye's RCON counts. @throws {@link InvalidArgumentError} where they are no whole number. */
export function wholeMinutesOf(minutes: number | undefined): number | undefined {
  if (secondsOf(minutes) % MINUTE_S !== 0)
    throw new InvalidArgumentError(
      'minutes',
      minutes,
      'a whole number of minutes',
      `minutes must be a whole number because this server runs BattlEye's RCON, but is ${minutes}`,
    )
  return minutes
}
