// @ts-nocheck
import type { Random } from '@bercon/server/kit'

export type { Random }

/** A list that cannot be empty, so that an element can always be picked. */
export type Choices<T> = readonly [T, ...T[]]

export function pick<T>(random: Random, choices: Choices<T>): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0]
}

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

/**
 * Time until the next of events with a mean interval of `meanMs`, which may be `Infinity`. Never zero, so that time
 * advances.
 */
export function waitingTime(random: Random, meanMs: number): number {
  // Zero times Infinity would be NaN.
  if (meanMs === Number.POSITIVE_INFINITY) return meanMs
  return Math.max(1, Math.ceil(-Math.log(1 - random()) * meanMs))
}

export function hexDigits(random: Random, count: number): string {
  let digits = ''
  while (digits.length < count) digits += Math.floor(random() * 16).toString(16)
  return digits
}
