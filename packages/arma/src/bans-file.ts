import { banTarget, checkNumber, checkText, isGuid, isIpAddress } from '@bercon/core'

/** One line of a server's `bans.txt`. */
export interface BanLine {
  readonly kind: 'guid' | 'ip'
  /** The GUID, in lower case, or the IP address. */
  readonly target: string
  /** When it ends, in ms since 1970; `undefined` for a ban for ever. */
  readonly expiresAt: number | undefined
  /** May be empty. */
  readonly reason: string
}

/** What a `bans.txt` says. */
export interface BansFile {
  readonly bans: readonly BanLine[]
  /** The lines that could not be read, as they are; empty ones are passed over. */
  readonly badLines: readonly string[]
}

const FOR_EVER = '-1'
const SECOND_MS = 1_000
const MINUTE_MS = 60_000
// Target, time, and after one more space a reason that nothing quotes.
const LINE = /^[ \t]*(\S+)[ \t]+(-1|[0-9]{1,12})(?:[ \t](.*))?$/s

/**
 * Reads one line of `bans.txt`; `undefined` when it is none. The file has absolute times, in seconds since 1970, where
 * the reply to `bans` has the minutes that are left.
 *
 * @example
 * ```ts
 * import { parseBanLine } from '@bercon/arma'
 *
 * console.log(parseBanLine('192.0.2.7 -1 spam')?.expiresAt) // undefined
 * ```
 */
export function parseBanLine(line: string): BanLine | undefined {
  const [, target = '', time = '', reason = ''] = LINE.exec(line.replace(/[\r\n]+$/, '')) ?? []
  const kind = isGuid(target) ? 'guid' : isIpAddress(target) ? 'ip' : undefined
  if (kind === undefined) return undefined
  const expiresAt = time === FOR_EVER ? undefined : Number(time) * SECOND_MS
  return { kind, target: kind === 'guid' ? target.toLowerCase() : target, expiresAt, reason }
}

/** Reads a whole `bans.txt`. */
export function parseBansFile(text: string): BansFile {
  const bans: BanLine[] = []
  const badLines: string[] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const ban = parseBanLine(line)
    if (ban !== undefined) bans.push(ban)
    else if (line.trim() !== '') badLines.push(line)
  }
  return { bans, badLines }
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
 * When a ban of so many minutes ends, in ms since 1970.
 *
 * @param now - in ms since 1970, such as `Date.now()`.
 * @throws {@link InvalidArgumentError} for minutes below 1 or no whole number of them.
 */
export function expiryAfter(minutes: number, now: number): number {
  checkNumber('minutes', minutes, { min: 1, max: 2_147_483_647, whole: true })
  return now + minutes * MINUTE_MS
}
