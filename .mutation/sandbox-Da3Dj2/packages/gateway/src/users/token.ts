// @ts-nocheck
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

// As long as the longest RCON password that BattlEye's own tools are known to take.
const TOKEN_LENGTH = 32
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const HASH = /^[0-9a-f]{64}$/

/** A random token of 32 letters and digits, so that it fits an RCON password: 190 bits. */
export function createToken(): string {
  return Array.from({ length: TOKEN_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/**
 * The SHA-256 of a token in hexadecimal, as the gateway's file has it.
 *
 * @example
 * ```ts
 * import { tokenHash } from '@bercon/gateway'
 *
 * console.log(tokenHash('hunter2').slice(0, 8)) // f52fbd32
 * ```
 */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Whether a text is a hash as {@link tokenHash} makes it. */
export function isTokenHash(text: unknown): text is string {
  return typeof text === 'string' && HASH.test(text)
}

/** In a time that depends on neither. */
export function isSameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'))
}
