// @ts-nocheck
import type { BanRow } from '@bercon/client'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
// The latest end that bans.txt can hold, in seconds of twelve digits.
const LATEST_MS = 999_999_999_999_000

/** When a listed ban ends, in ms since 1970; `undefined` if it is permanent. An expired one counts as ending now. */
export function endOf(
  {
    expires,
    minutesLeft,
  }: { readonly expires?: BanRow['expires'] | undefined; readonly minutesLeft?: number | undefined },
  now: number,
): number | undefined {
  if (expires === 'expired') return now
  return minutesLeft === undefined ? undefined : Math.min(LATEST_MS, now + minutesLeft * MINUTE_MS)
}

/** An end as entries show it, in whole seconds as in `bans.txt`. */
export function endText(end: number | undefined): string | null {
  if (end === undefined) return null
  return new Date(Math.ceil(end / SECOND_MS) * SECOND_MS).toISOString().replace('.000Z', 'Z')
}
