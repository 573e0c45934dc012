/** A program for a runtime, in its own process, whose last line is `N passed, N failed`. */
export interface Job {
  readonly what: string
  /** The program and its arguments, from the root of the repository. */
  readonly program: readonly string[]
  /** The time limit. */
  readonly limitMs: number
}

/** A runtime that is installed. */
export interface FoundRuntime {
  readonly version: string
  /** The command before the program. */
  readonly command: readonly string[]
}

/** A program that runs JavaScript. */
export interface Runtime {
  readonly name: string
  /** Finds or fetches it; otherwise rejects with what to do. */
  readonly find: () => Promise<FoundRuntime>
  readonly jobs: readonly Job[]
}

/** An unknown runtime; the message lists the known ones. */
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
