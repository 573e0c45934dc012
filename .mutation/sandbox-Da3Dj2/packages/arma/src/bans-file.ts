// @ts-nocheck
import { isGuid, isIpAddress, type TextInput, type TextOptions } from '@bercon/core'
import { banTarget, checkNumber, checkText } from '@bercon/core/kit'
import { decodeBansFile } from './bans-text.js'

/** One line of a server's `bans.txt`. */
export interface BanLine {
  readonly kind: 'guid' | 'ip'
  /** The GUID, in lower case, or the IP address. */
  readonly target: string
  /** When it ends, in ms since 1970; `undefined` for a permanent ban. */
  readonly expiresAt: number | undefined
  /** May be empty. */
  readonly reason: string
}

/** A remark about a line in a `bans.txt`. */
export interface BanLineRemark {
  /** Counted from 1. */
  readonly line: number
  /** `bad`: it is no ban; `minutes`: it is one whose end looks like minutes instead of seconds since 1970. */
  readonly kind: 'bad' | 'minutes'
  /** In words, such as `a comment`. */
  readonly problem: string
  /** The line as it is. */
  readonly text: string
}

/** The content of a `bans.txt`. */
export interface BansFile {
  readonly bans: readonly BanLine[]
  /** The unreadable lines, unchanged; empty ones are ignored. */
  readonly badLines: readonly string[]
  /** Remarks about single lines, in order: each bad one, and good ones that look wrong. */
  readonly remarks: readonly BanLineRemark[]
}

const FOR_EVER = '-1'
const SECOND_MS = 1_000
const MINUTE_MS = 60_000
// No ban ends in 1973, but some guides treat the number as minutes.
const LEAST_LIKELY_MS = 1e8 * SECOND_MS
// Target, time, and after one more space a reason that nothing quotes; or the target alone.
const LINE = /^[ \t]*(\S+)(?:[ \t]+(-1|[0-9]{1,12})(?:[ \t](.*))?|[ \t]*)$/s
const COMMENT = /^[ \t]*(?:\/\/|#)/

/**
 * Reads one line of `bans.txt`; `undefined` when it is none. The file has absolute times, in seconds since 1970, where
 * the reply to `bans` has the minutes that are left. A GUID or an IP address alone is a permanent ban without a reason.
 *
 * @example
 * ```ts
 * import { parseBanLine } from '@bercon/arma'
 *
 * console.log(parseBanLine('192.0.2.7 -1 spam')?.expiresAt) // undefined
 * ```
 */
export function parseBanLine(line: string): BanLine | undefined {
  const [, target = '', time = FOR_EVER, reason = ''] = LINE.exec(line.replace(/[\r\n]+$/, '')) ?? []
  const kind = isGuid(target) ? 'guid' : isIpAddress(target) ? 'ip' : undefined
  if (kind === undefined) return undefined
  const expiresAt = time === FOR_EVER ? undefined : Number(time) * SECOND_MS
  return { kind, target: kind === 'guid' ? target.toLowerCase() : target, expiresAt, reason }
}

/**
 * Reads a whole `bans.txt`.
 *
 * @param file - its text, or its bytes: UTF-8, or UTF-16 with a byte order mark.
 * @param options - the encoding of bytes that are neither.
 * @throws {@link InvalidArgumentError} for an unknown encoding.
 * @example
 * ```ts
 * import { parseBansFile } from '@bercon/arma'
 *
 * const { bans, remarks } = parseBansFile('192.0.2.7 -1 spam\n// a note\n')
 * console.log(bans.length, remarks[0]?.line, remarks[0]?.problem) // 1 2 a comment
 * ```
 */
export function parseBansFile(file: TextInput, options: TextOptions = {}): BansFile {
  const bans: BanLine[] = []
  const remarks: BanLineRemark[] = []
  for (const [index, text] of decodeBansFile(file, options).split(/\r?\n/).entries()) {
    const ban = parseBanLine(text)
    const remark = { line: index + 1, text }
    if (ban !== undefined) {
      bans.push(ban)
      if (looksLikeMinutes(ban)) remarks.push({ ...remark, kind: 'minutes', problem: minutesProblem(ban) })
    } else if (text.trim() !== '') remarks.push({ ...remark, kind: 'bad', problem: problemOf(text) })
  }
  const badLines = remarks.filter(({ kind }) => kind === 'bad').map(({ text }) => text)
  return { bans, badLines, remarks }
}

function looksLikeMinutes({ expiresAt = Number.POSITIVE_INFINITY }: BanLine): boolean {
  // 0 is no number of minutes that anybody means.
  return expiresAt > 0 && expiresAt < LEAST_LIKELY_MS
}

function minutesProblem({ expiresAt = 0 }: BanLine): string {
  return `a time of ${expiresAt / SECOND_MS} seconds since 1970 looks like minutes`
}

function problemOf(line: string): string {
  if (COMMENT.test(line)) return 'a comment'
  const [target = ''] = line.trim().split(/[ \t]/)
  return isGuid(target) || isIpAddress(target) ? 'time missing' : 'neither GUID nor IP address'
}

/**
 * One line of `bans.txt`, without a line end. Write the file while the server does not, and send `loadBans` afterwards.
 *
 * @throws {@link InvalidArgumentError} for a target that is neither GUID nor IP address, a time before 1970, or a reason
 * with CR, LF or NUL.
 * @example
 * ```ts
 * import { expiryAfter, formatBanLine } from '@bercon/arma'
 *
 * const expiresAt = expiryAfter(60, Date.UTC(2026, 0, 1))
 * console.log(formatBanLine({ target: '192.0.2.7', expiresAt, reason: 'spam' })) // 192.0.2.7 1767229200 spam
 * ```
 */
export function formatBanLine(ban: Omit<BanLine, 'kind'>): string {
  const { expiresAt, reason } = ban
  const target = banTarget(ban.target)
  checkText('reason', reason)
  if (expiresAt !== undefined) checkNumber('expiresAt', expiresAt, { min: 0, max: Number.MAX_SAFE_INTEGER })
  const time = expiresAt === undefined ? FOR_EVER : String(Math.ceil(expiresAt / SECOND_MS))
  return reason === '' ? `${target} ${time}` : `${target} ${time} ${reason}`
}

/**
 * Returns when a ban of this many minutes ends, in ms since 1970.
 *
 * @param now - in ms since 1970, such as `Date.now()`.
 * @throws {@link InvalidArgumentError} unless `minutes` is a whole number from 1.
 */
export function expiryAfter(minutes: number, now: number): number {
  checkNumber('minutes', minutes, { min: 1, max: 2_147_483_647, integer: true })
  return now + minutes * MINUTE_MS
}
