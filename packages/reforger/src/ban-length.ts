import { InvalidArgumentError } from '@bercon/core'

const MAX_SECONDS = 2_147_483_647
const MINUTE_S = 60
const EXPECTED = `a whole number of seconds in minutes, such as 0.5 or 60, up to ${MAX_SECONDS} seconds; omit it for a permanent ban`

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
      "a whole number of minutes: this server runs BattlEye's RCON",
    )
  return minutes
}
