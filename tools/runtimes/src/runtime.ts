/** One thing that is run by a runtime, in a process of its own that says at last `N passed, N failed`. */
export interface Job {
  readonly what: string
  /** The program and its arguments, from the root of the repository. */
  readonly program: readonly string[]
  /** After so long it has failed. */
  readonly limitMs: number
}

/** Something that runs JavaScript. */
export interface Runtime {
  readonly name: string
  /** What stands before a program to run it; nothing where the runtime is missing. */
  readonly command: readonly string[] | undefined
  /** What prints the runtime's version. */
  readonly version: readonly string[]
  /** How to get it, where it does not come from the npm registry by itself. */
  readonly remedy?: string
  readonly jobs: readonly Job[]
}
