import { InvalidArgumentError, unknownOption, unshownArgument } from './errors.js'

/** The least and the greatest value that a numeric option may have; `integer` refuses fractions. */
export interface OptionRange {
  readonly min: number
  readonly max: number
  readonly integer?: true
}

/** A time in ms, 0 and for ever included. */
export const ANY_DURATION: OptionRange = { min: 0, max: Number.POSITIVE_INFINITY }

/** A time in ms that is not 0; for ever is one. */
export const SOME_DURATION: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY }

/** How many of something, at least one and with no upper bound. */
export const SOME_COUNT: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY, integer: true }

/**
 * Puts the given options over the defaults and refuses, by name, what is out of range or unknown. A value that is no
 * number is not shown: it may be a password in the wrong place.
 *
 * @throws {@link InvalidArgumentError} naming the option.
 */
export function checkOptions<T extends object>(
  given: { readonly [K in keyof T]?: T[K] | undefined },
  defaults: T,
  ranges: { readonly [K in keyof T]?: OptionRange },
): T {
  const merged = { ...defaults }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name)) throw unknownOption(name, value, Object.keys(defaults))
    if (value === undefined) continue
    const range = ranges[name as keyof T]
    if (range !== undefined) checkSetting(name, value, range)
    else if (typeof value !== typeof defaults[name as keyof T])
      throw unshownArgument(name, value, `a ${typeof defaults[name as keyof T]}`)
    merged[name as keyof T] = value as T[keyof T]
  }
  return merged
}

/**
 * As `checkNumber`, for what may be a password in the wrong place: only a number is shown.
 *
 * @throws {@link InvalidArgumentError} when `value` is no number within the range.
 */
export function checkSetting(name: string, value: unknown, range: OptionRange): asserts value is number {
  if (typeof value === 'number') checkNumber(name, value, range)
  else throw unshownArgument(name, value, numberIn(range))
}

/** @throws {@link InvalidArgumentError} when `value` is no number within the range. */
export function checkNumber(name: string, value: unknown, range: OptionRange): asserts value is number {
  if (!isWithin(value, range)) throw new InvalidArgumentError(name, value, numberIn(range))
}

/**
 * Refuses, by name, an object that lacks a method, such as a transport of the wrong shape.
 *
 * @throws {@link InvalidArgumentError} naming the argument and the method; no value is shown.
 */
export function checkMethods(argument: string, value: unknown, methods: readonly string[]): void {
  const given = Object(value) as Readonly<Record<string, unknown>>
  const missing = methods.find((method) => typeof given[method] !== 'function')
  if (missing === undefined) return
  const expected = `an object with ${methods.length === 1 ? 'the method' : 'the methods'} ${methods.join(', ')}`
  const isObject = typeof value === 'object' && value !== null
  const message = isObject ? `${argument} must be ${expected}, but has no method ${missing}` : undefined
  throw unshownArgument(argument, value, expected, message)
}

/**
 * Refuses, by name, an option that does not exist; its value is not shown.
 *
 * @throws {@link InvalidArgumentError}
 */
export function checkNames(given: object, names: readonly string[]): void {
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !names.includes(name)) throw unknownOption(name, value, names)
}

function isWithin(value: unknown, { min, max, integer }: OptionRange): boolean {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false
  return integer !== true || Number.isInteger(value) || value === Number.POSITIVE_INFINITY
}

function numberIn({ min, max, integer }: OptionRange): string {
  const sort = integer === true ? 'a whole number' : 'a number'
  return `${sort} ${max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`}`
}

const TIME = { min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }

/** @throws {@link InvalidArgumentError} for a time that is no number, or so great that a millisecond more is the same. */
export function checkTime(now: number): void {
  checkNumber('now', now, TIME)
}
