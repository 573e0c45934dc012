/** One thing that is run by a runtime, in a process of its own that says at last `N passed, N failed`. */
export interface Job {
  readonly what: string
  /** The program and its arguments, from the root of the repository. */
  readonly program: readonly string[]
  /** The time after which it has failed. */
  readonly limitMs: number
}

/** A runtime that is there. */
export interface FoundRuntime {
  readonly version: string
  /** What stands before a program to run it. */
  readonly command: readonly string[]
}

/** Something that runs JavaScript. */
export interface Runtime {
  readonly name: string
  /** Finds it, or fetches it; rejects with what to do when that cannot be. */
  readonly find: () => Promise<FoundRuntime>
  readonly jobs: readonly Job[]
}

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
