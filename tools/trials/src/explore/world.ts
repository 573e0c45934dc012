import type { Ledger } from './ledger.js'

/** Something that happened, for people. */
export interface Step {
  readonly atMs: number
  readonly text: string
}

/**
 * A small world: what can happen in it next, and what has happened so far. The same choices lead to the same world.
 *
 * @typeParam Choice One thing that can happen, as plain data.
 */
export interface World<Choice> {
  readonly ledger: Ledger
  readonly steps: readonly Step[]
  /** Every choice that can be made now. */
  readonly choices: () => readonly Choice[]
  readonly take: (choice: Choice) => void | Promise<void>
  /** Equal in two worlds only if everything that can happen in them from now on is the same. */
  readonly fingerprint: () => string
  /** Lets everybody recover: no fault any more, and as much time as the longest deadline. */
  readonly finish: () => void | Promise<void>
  /**
   * What a choice leads to that takes no time and that the recovery undoes: from there everybody recovers as from here, so nobody
   * need go there. Nothing for any other choice.
   */
  readonly glimpse?: (choice: Choice) => Glimpse<Choice> | undefined
}

/** What a world will be like after a choice, without being there. */
export interface Glimpse<Choice> {
  readonly fingerprint: string
  readonly next: readonly Branch<Choice>[]
}

/** A choice, and what it leads to as far as that is known. */
export interface Branch<Choice> {
  readonly choice: Choice
  readonly glimpse: Glimpse<Choice> | undefined
}

/** Begins a world anew. */
export type NewWorld<Choice> = () => World<Choice> | Promise<World<Choice>>

/** A world with a bug put in, and the promise that it breaks. */
export interface SeededBug<Choice> {
  readonly bug: string
  /** The beginning of the promise. */
  readonly breaks: string
  readonly newWorld: NewWorld<Choice>
}

/** How much may go wrong and be asked for in a world, unless it says otherwise. */
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
