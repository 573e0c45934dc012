import { roughSpan, shownSpan } from './output/shown-span.js'
import type { BanTime } from './server/game-server.js'
import { UsageError } from './usage-error.js'

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** A length such as `90min` or `7d`, or `permanent`. A bare number is refused, because games use different units. @throws {@link UsageError} */
export function parseBanTime(text: string): BanTime {
  if (text === 'permanent') return 'permanent'
  const [, digits = '', unit = ''] = /^(\d{1,9})([a-z]+)$/.exec(text) ?? []
  const seconds = Number(digits) * (SECONDS[unit] ?? 0)
  if (seconds > 0) return { seconds }
  throw new UsageError('write the length of a ban like 90min, 12h, 7d, 2w or 3600s, or permanent')
}

/** The values of `--for` and `--until`, if any. */
export interface BanTimeFlags {
  readonly for?: string | undefined
  readonly until?: string | undefined
}

/** The length that the flags set, if any. @throws {@link UsageError} */
export function chosenBanTime({ for: length, until }: BanTimeFlags, now: number): BanTime | undefined {
  if (length !== undefined && until !== undefined)
    throw new UsageError('--for and --until both set the length of the ban: use one of them')
  if (until !== undefined) return parseBanEnd(until, now)
  return length === undefined ? undefined : parseBanTime(length)
}

const MINUTE_MS = 60_000
const MINUTE_S = 60
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * The time from now to a date such as `2026-12-24`, which is its first moment here, `2026-12-24T18:00`, or one with `Z` or
 * `+01:00`; in whole minutes, as servers count. @throws {@link UsageError} for any other text, and for a time in the past.
 */
export function parseBanEnd(text: string, now: number): BanTime {
  const until = momentOf(text)
  if (until === undefined)
    throw new UsageError(
      `"${text}" is not a date: write it like 2026-12-24, 2026-12-24T18:00 or 2026-12-24T18:00Z`,
    )
  if (until <= now) throw new UsageError(`${text} is in the past`)
  return { seconds: Math.ceil((until - now) / MINUTE_MS) * MINUTE_S, until }
}

/** In ms since 1970; `undefined` unless the text is a date that exists. */
function momentOf(text: string): number | undefined {
  const [found, ...parts] = DATE.exec(text) ?? []
  if (found === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number)
  const zone = parts[6]
  const asGiven = new Date(Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0))
  const written = asGiven.toISOString()
  if (!written.startsWith(found.replace(' ', 'T').replace(zone ?? '', ''))) return undefined
  if (zone !== undefined) return Date.parse(written.replace('Z', zone))
  return new Date(year, month - 1, day, hour || 0, minute || 0, second || 0).getTime()
}

/** A length in words: `for 7d`, `until 2026-12-24 18:00 (6d 23h)`. */
export function shownBanTime(time: BanTime): string {
  if (time === 'permanent') return 'permanently'
  const { seconds, until } = time
  return until === undefined
    ? `for ${shownSpan(seconds)}`
    : `until ${shownMoment(until)} (${roughSpan(seconds)})`
}

function shownMoment(at: number): string {
  const date = new Date(at)
  const digits = (number: number) => String(number).padStart(2, '0')
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(digits).join('-')
  return `${day} ${digits(date.getHours())}:${digits(date.getMinutes())}`
}
