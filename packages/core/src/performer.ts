import type { CallOptions } from './connection/connection.js'
import type { Steps } from './steps.js'

/**
 * What an operation gives in each flavor. Open: a flavor adds its own kind by
 * `declare module '@bercon/core' { interface ResultKinds<T> { … } }`.
 */
export interface ResultKinds<T> {
  readonly promise: Promise<T>
  readonly sync: T
}

/** The name of a flavor's way to give a result. */
export type Kind = keyof ResultKinds<unknown>

/** What an operation of that flavor gives. */
export type Result<K extends Kind, T> = ResultKinds<T>[K]

/** What carries operations out: every client is one, and all that a game's package needs of it. */
export interface Performer<K extends Kind> {
  // Without it TypeScript cannot infer the kind in `reforger(client)`.
  readonly kind: K
  /** A factory, not steps: a cold flavor begins anew with each subscription. */
  perform<T>(begin: () => Steps<T>, options?: CallOptions): Result<K, T>
}
