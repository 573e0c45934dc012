import type { Ledger } from './ledger.js'

/** One thing that can happen next. */
export type Choice =
  /** A datagram on its way arrives, is lost, or is copied. */
  | { readonly do: 'deliver' | 'lose' | 'copy'; readonly datagram: number }
  /** Time passes until somebody wants to be called; in a walk it can pass further. */
  | { readonly do: 'wait'; readonly moreMs?: number }
  /** The client's user sends the next command; the server's user sends the next message. */
  | { readonly do: 'ask' | 'say' }
  /** The game answers a command that it is executing. */
  | { readonly do: 'answer'; readonly command: number }
  /** The server forgets everything, as in a restart. */
  | { readonly do: 'crash' }
  /** The client's user closes it. */
  | { readonly do: 'close' }

/** Something that happened, for people. */
export interface Step {
  readonly atMs: number
  readonly text: string
}

/** A small world: what can happen in it next, and what has happened so far. The same choices lead to the same world. */
export interface World {
  readonly ledger: Ledger
  readonly steps: readonly Step[]
  /** Every choice that can be made now. */
  readonly choices: () => readonly Choice[]
  readonly take: (choice: Choice) => void
  /** Equal in two worlds only if everything that can happen in them from now on is the same. */
  readonly fingerprint: () => string
  /** Lets everybody recover: no fault any more, and as much time as the longest deadline. */
  readonly finish: () => void
}

/** How much may go wrong and be asked for in a world. */
export interface WorldLimits {
  readonly losses: number
  readonly copies: number
  readonly crashes: number
  /**
   * Whether the server can restart while a login is on its way. A client that has received messages of both servers by
   * then can receive one of the second again, because their sequences are the same.
   */
  readonly crashesDuringLogin?: boolean
  readonly closes: number
  /** The commands that the user sends: `true` for one that may be sent again. */
  readonly commands: readonly boolean[]
  readonly messages: number
}
