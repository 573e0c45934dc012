import { type BanLine, formatBanLine, parseBansFile } from '@bercon/arma'
import { from, mergeMap, type Observable, scan } from 'rxjs'
import type { BanRow, Moderation } from './moderation.js'

const MINUTE_MS = 60_000
/** Bans sent before the first is answered: the gateway and the server stay free for others. */
const AT_ONCE = 8

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

export interface ImportProgress {
  readonly done: number
  readonly failures: readonly string[]
}

/** Adds the bans of a plan; emits after each. One that fails is counted, and the others go on. */
export function carryOut(
  { adds }: ImportPlan,
  moderation: Moderation,
  now: number,
): Observable<ImportProgress> {
  return from(adds).pipe(
    mergeMap((ban) => added(ban, moderation, now), AT_ONCE),
    scan(
      ({ done, failures }: ImportProgress, failure) => ({
        done: done + 1,
        failures: failure === undefined ? failures : [...failures, failure],
      }),
      { done: 0, failures: [] },
    ),
  )
}

function added(ban: BanLine, moderation: Moderation, now: number): Promise<string | undefined> {
  const { target, expiresAt, reason } = ban
  const minutes = expiresAt === undefined ? undefined : Math.max(1, Math.ceil((expiresAt - now) / MINUTE_MS))
  return new Promise((resolve) => {
    moderation.ban(target, minutes, reason).subscribe({
      complete: () => resolve(undefined),
      error: (error: unknown) =>
        resolve(`${target}: ${error instanceof Error ? error.message : String(error)}`),
    })
  })
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
