import { shownSpan } from './output/shown-span.js'
import type { BanTime } from './server/game-server.js'
import { UsageError } from './usage-error.js'

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** A length such as `90min` or `7d`, or `ever`. A bare number is refused: games count differently. @throws {@link UsageError} */
export function parseBanTime(text: string): BanTime {
  if (text === 'ever') return 'ever'
  const [, digits = '', unit = ''] = /^(\d{1,9})([a-z]+)$/.exec(text) ?? []
  const seconds = Number(digits) * (SECONDS[unit] ?? 0)
  if (seconds > 0) return { seconds }
  throw new UsageError('the length of a ban must be like 90min, 12h, 7d, 2w or 3600s, or ever')
}

/** A length as people say it: `for 7d`. */
export function shownBanTime(time: BanTime): string {
  return time === 'ever' ? 'for ever' : `for ${shownSpan(time.seconds)}`
}
