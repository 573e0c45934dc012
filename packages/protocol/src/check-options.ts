import { InvalidArgumentError, unknownOption, unshownArgument } from './errors.js'

/** The smallest and largest value that a numeric option accepts; `integer` refuses fractions. */
export interface OptionRange {
  readonly min: number
  readonly max: number
  readonly integer?: true
}

/** A time in ms. 0 and `Infinity` are allowed. */
export const ANY_DURATION: OptionRange = { min: 0, max: Number.POSITIVE_INFINITY }

/** A time in ms of at least 1; `Infinity` is allowed. */
export const SOME_DURATION: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY }

/** A whole number of at least 1, without an upper limit. */
export const SOME_COUNT: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY, integer: true }

/**
 * Merges the given options over the defaults, and refuses by name each one that is unknown or out of range. An error
 * shows a value only if it is a number: anything else may be a password in the wrong place.
 *
 * @throws {@link InvalidArgumentError} naming the option.
 */
export function checkOptions<T extends object>(
  given: { readonly [K in keyof T]?: T[K] | undefined },
  defaults: T,
  ranges: { readonly [K in keyof T]?: OptionRange },
): T {
  checkObject(given)
  const merged = { ...defaults }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name)) throw unknownOption(name, value, Object.keys(defaults))
    if (value === undefined) continue
    const range = ranges[name as keyof T]
    if (range !== undefined) checkSetting(name, value, range)
    else if (typeof value !== typeof defaults[name as keyof T])
      throw unshownArgument(name, value, sortLike(defaults[name as keyof T]))
    merged[name as keyof T] = value as T[keyof T]
  }
  return merged
}

/**
 * Like `checkNumber`, for options that might hold a password by mistake: the error shows the value only if it is a
 * number.
 *
 * @throws {@link InvalidArgumentError} if `value` is not a number within the range.
 */
export function checkSetting(name: string, value: unknown, range: OptionRange): asserts value is number {
  if (typeof value === 'number') checkNumber(name, value, range)
  else throw unshownArgument(name, value, numberIn(range))
}

/** @throws {@link InvalidArgumentError} if `value` is not a number within the range. */
export function checkNumber(name: string, value: unknown, range: OptionRange): asserts value is number {
  if (!isWithin(value, range)) throw new InvalidArgumentError(name, value, numberIn(range))
}

/**
 * Refuses an object that lacks a required method, such as a transport of the wrong shape.
 *
 * @throws {@link InvalidArgumentError} naming the argument and the method; the error shows no value.
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
 * Refuses an option that does not exist.
 *
 * @throws {@link InvalidArgumentError} naming the option; the error does not show its value.
 */
export function checkNames(given: object, names: readonly string[]): void {
  checkObject(given)
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !names.includes(name)) throw unknownOption(name, value, names)
}

function sortLike(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`
}

function checkObject(given: unknown): void {
  if (typeof given !== 'object' || given === null) throw unshownArgument('options', given, 'an object')
}

function isWithin(value: unknown, { min, max, integer }: OptionRange): boolean {
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false
  return integer !== true || Number.isInteger(value) || value === Number.POSITIVE_INFINITY
}

function numberIn({ min, max, integer }: OptionRange): string {
  const sort = integer === true ? 'a whole number' : 'a number'
  return `${sort} ${max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`}`
}

/** @throws {@link InvalidArgumentError} if `now` is not a number, or is too large to count single milliseconds. */
export function checkTime(now: number): void {
  // Called for each datagram.
  if (typeof now === 'number' && Math.abs(now) <= Number.MAX_SAFE_INTEGER) return
  throw new InvalidArgumentError('now', now, 'a time in milliseconds')
}
