// @ts-nocheck
import { cutText, encodeText } from '@bercon/protocol'

/** How many bytes of a ban's reason, in UTF-8, BattlEye keeps; seen in `bans.txt` of four servers. */
const KEPT_BYTES = 64

/**
 * Returns the part of a ban's reason that a server keeps: the first 64 bytes in UTF-8, without half a character at the
 * end.
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
 * Returns whether two reasons are equal in the part that a server keeps. A server cuts between bytes. If that splits a
 * character, the remaining bytes decode to up to three other characters, which are ignored.
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

/** Whether a listed reason is the other one, cut inside a character. */
function isCutOf(listed: string, whole: string): boolean {
  const kept = keptReason(whole)
  if (kept === whole || !listed.startsWith(kept)) return false
  const rest = listed.slice(kept.length)
  const room = KEPT_BYTES - encodeText(kept).length
  return rest.length <= room && REST_OF_CHARACTER.test(rest)
}
