import type { CallOptions } from './connection/connection.js'
import type { Steps } from './steps.js'

/**
 * What an operation returns in each flavor. Open: a flavor adds its own kind with
 * `declare module '@bercon/core' { interface ResultKinds<T> { … } }`.
 */
export interface ResultKinds<T> {
  readonly promise: Promise<T>
  readonly sync: T
}

/** The kind of result that a flavor returns. */
export type Kind = keyof ResultKinds<unknown>

/** The type that an operation of that flavor returns. */
export type Result<K extends Kind, T> = ResultKinds<T>[K]

/** Runs operations. Every client is one; packages for games need no more of it. */
export interface Performer<K extends Kind> {
  // Without it TypeScript cannot infer the kind in `reforger(client)`.
  readonly kind: K
  /** Takes a factory instead of steps, because a cold flavor starts over with each subscription. */
  perform<T>(begin: () => Steps<T>, options?: CallOptions): Result<K, T>
}
