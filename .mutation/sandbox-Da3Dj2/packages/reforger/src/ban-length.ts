// @ts-nocheck
import { InvalidArgumentError } from '@bercon/core'

const MAX_SECONDS = 2_147_483_647
const MINUTE_S = 60
const EXPECTED = 'a number of minutes of at least 1/60 (one second), or undefined for a permanent ban'

/** The length of a ban in seconds, as the built-in RCON counts; 0 is permanent. @throws {@link InvalidArgumentError} for 0 minutes too. */
export function secondsOf(minutes: number | undefined): number {
  if (minutes === undefined) return 0
  // A length that is rounded down must not make a ban permanent, so 0 is refused.
  const seconds = Math.round(minutes * MINUTE_S)
  if (!(seconds >= 1 && seconds <= MAX_SECONDS && seconds / MINUTE_S === minutes))
    throw new InvalidArgumentError('minutes', minutes, EXPECTED, sentenceFor(minutes, seconds))
  return seconds
}

// `undefined` if the expectation is enough.
function sentenceFor(minutes: unknown, seconds: number): string | undefined {
  if (typeof minutes !== 'number') return undefined
  if (minutes === 0)
    return 'minutes must not be 0, which the server takes for a permanent ban; omit minutes if that is what you want'
  if (seconds > MAX_SECONDS)
    return `minutes must be at most ${Math.floor(MAX_SECONDS / MINUTE_S)}, but is ${minutes}; omit minutes for a permanent ban`
  if (seconds >= 1)
    return `minutes must be a whole number of seconds, such as 0.5 for 30 seconds, but is ${minutes}`
  return undefined
}

/** The minutes as BattlEye's RCON counts. @throws {@link InvalidArgumentError} if they are not a whole number. */
export function wholeMinutesOf(minutes: number | undefined): number | undefined {
  if (secondsOf(minutes) % MINUTE_S !== 0)
    throw new InvalidArgumentError(
      'minutes',
      minutes,
      'a whole number of minutes',
      `This server runs BattlEye's RCON, which bans for whole minutes only, but minutes is ${minutes}`,
    )
  return minutes
}
