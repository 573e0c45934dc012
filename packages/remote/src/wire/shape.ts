/** Whether a value from the network is of one kind. */
export type Check = (value: unknown) => boolean

/** The fields of an object, and what each of them has to be. */
export type Shape = Readonly<Record<string, Check>>

export const isText: Check = (value) => typeof value === 'string'
export const isFlag: Check = (value) => typeof value === 'boolean'
/** `JSON.parse` makes infinity of a number such as `1e999`, which JSON could not carry any further. */
export const isNumber: Check = (value) => Number.isFinite(value)
export const isId: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0
export const isDuration: Check = (value) => value === null || (typeof value === 'number' && value >= 0)
export const isBytes: Check = (value) =>
  Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)

export const isTexts: Check = (value) => Array.isArray(value) && value.length <= 100 && value.every(isText)

export function oneOf(values: Iterable<unknown>): Check {
  const known = new Set(values)
  return (value) => known.has(value)
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(shape: Shape): Check {
  return (value) => isObject(value) && wrongField(value, shape) === undefined
}

/** The name of the first field that is not what the shape says. */
export function wrongField(value: Readonly<Record<string, unknown>>, shape: Shape): string | undefined {
  for (const name in shape) if (!shape[name]?.(own(value, name))) return name
  return undefined
}

/** The fields of the shape, and none else: what strangers add goes no further. */
export function onlyFields(
  value: Readonly<Record<string, unknown>>,
  shape: Shape,
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  for (const name in shape) {
    const field = own(value, name)
    if (field !== undefined) fields[name] = field
  }
  return fields
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
