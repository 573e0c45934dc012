import { type BanLine, formatBanLine, parseBansFile } from '@bercon/arma'
import type { BanRow } from './moderation.js'

const MINUTE_MS = 60_000

/** What an import will do. */
export interface ImportPlan {
  readonly adds: readonly BanLine[]
  /** How many are banned already, and stay as they are. */
  readonly listed: number
  /** How many have expired. */
  readonly expired: number
  /** Lines that are no bans. */
  readonly bad: readonly string[]
}

/** Compares the text of a `bans.txt` with the server's list; of several lines about one target the first counts. */
export function planImport(text: string, rows: readonly BanRow[], now: number): ImportPlan {
  const { bans, badLines } = parseBansFile(text)
  const current = bans.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
  const wanted = new Map(current.toReversed().map((ban) => [ban.target, ban]))
  for (const { target } of rows) wanted.delete(target)
  const adds = current.filter((ban) => wanted.get(ban.target) === ban)
  return { adds, listed: current.length - adds.length, expired: bans.length - current.length, bad: badLines }
}

/** The list as a `bans.txt`. */
export function exported(rows: readonly BanRow[], now: number): string {
  return rows
    .map(({ target, reason = '', minutesLeft }) => {
      const expiresAt = typeof minutesLeft === 'number' ? now + minutesLeft * MINUTE_MS : undefined
      return `${formatBanLine({ target, reason, expiresAt })}\n`
    })
    .join('')
}
