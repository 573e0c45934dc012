import { cutText, encodeText } from '@bercon/protocol'

/** How much of a ban's reason BattlEye keeps, in bytes of UTF-8: seen in four servers' `bans.txt`. */
const KEPT_BYTES = 64

/**
 * Returns what a server keeps of a ban's reason: the first 64 bytes of its UTF-8, without half a character at the end.
 *
 * @example
 * ```ts
 * import { keptReason } from '@bercon/core/kit'
 * console.log(keptReason('a'.repeat(80)).length) // 64
 * ```
 */
export function keptReason(reason: string): string {
  return cutText(reason, KEPT_BYTES)
}

/**
 * Returns whether two reasons are one as far as a server keeps them. A server cuts between bytes: where that cuts a
 * character in two, up to three signs stand for what is left of it, and they differ from nothing.
 *
 * @example
 * ```ts
 * import { isSameReason } from '@bercon/core/kit'
 * console.log(isSameReason('a'.repeat(64), 'a'.repeat(80))) // true
 * ```
 */
export function isSameReason(one: string, other: string): boolean {
  return keptReason(one) === keptReason(other) || isCutOf(one, other) || isCutOf(other, one)
}

const REST_OF_CHARACTER = /^[^\0-\x7f]{1,3}$/

/** Whether a reason as it is listed is the other one, cut within a character. */
function isCutOf(listed: string, whole: string): boolean {
  const kept = keptReason(whole)
  if (kept === whole || !listed.startsWith(kept)) return false
  const rest = listed.slice(kept.length)
  const room = KEPT_BYTES - encodeText(kept).length
  return rest.length <= room && REST_OF_CHARACTER.test(rest)
}
