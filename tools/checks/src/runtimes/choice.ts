import type { Runtime } from './runtime.js'

/** A name that no runtime has; the message lists those that there are. */
export class UnknownRuntimeError extends Error {
  override readonly name = 'UnknownRuntimeError'
}

/** The runtimes with these names, in their own order; all of them without a name. @throws {@link UnknownRuntimeError} */
export function chooseRuntimes(all: readonly Runtime[], names: readonly string[]): readonly Runtime[] {
  const known = all.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new UnknownRuntimeError(`${unknown} is none of the runtimes: ${known.join(', ')}`)
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}
