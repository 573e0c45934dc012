import { InvalidArgumentError } from './errors.js'

/** The least and the greatest value that a numeric option may have; `whole` refuses fractions. */
export interface OptionRange {
  readonly min: number
  readonly max: number
  readonly whole?: true
}

/**
 * Puts the given options over the defaults and refuses, by name, what is out of range or unknown.
 *
 * @throws {@link InvalidArgumentError} naming the option.
 */
export function checkOptions<T extends object>(
  given: Partial<T>,
  defaults: T,
  ranges: { readonly [K in keyof T]?: OptionRange },
): T {
  const merged = { ...defaults }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name))
      throw new InvalidArgumentError(name, value, 'left out: there is no such option')
    if (value === undefined) continue
    const range = ranges[name as keyof T]
    if (range !== undefined) checkNumber(name, value, range)
    else if (typeof value !== typeof defaults[name as keyof T])
      throw new InvalidArgumentError(name, value, `a ${typeof defaults[name as keyof T]}`)
    merged[name as keyof T] = value as T[keyof T]
  }
  return merged
}

/** @throws {@link InvalidArgumentError} when `value` is no number within the range. */
export function checkNumber(name: string, value: unknown, range: OptionRange): asserts value is number {
  const { min, max, whole } = range
  const good = typeof value === 'number' && value >= min && value <= max
  if (good && (whole !== true || Number.isInteger(value) || value === Number.POSITIVE_INFINITY)) return
  const sort = whole === true ? 'a whole number' : 'a number'
  const bounds = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`
  throw new InvalidArgumentError(name, value, `${sort} ${bounds}`)
}
