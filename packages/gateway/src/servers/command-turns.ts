import { type AsyncRconClient, type ClientClock, CommandTimeoutError, RconError } from '@bercon/client'
import type { CancelSignal } from '@bercon/core'
import { Deferred, whenAborted } from '@bercon/core/kit'

/** A command that wants to be sent. */
export interface TurnRequest {
  readonly user: string
  readonly command: string
  /** How long it may wait for its turn, in ms. @default 30000 */
  readonly timeoutMs?: number | undefined
  /** Gives it up. */
  readonly signal: CancelSignal
}

/** Commands of one user that may wait for one server. */
export const MAX_WAITING_OF_USER = 1_000

// So few are given to the client at any time, whatever its statistics say: those of another process are a second old.
const FEW = 8
// As many as a client can have in flight (P6), in case its login is lost and it says of none that it waits.
const MANY = 128
const TIMEOUT_MS = 30_000
// How many a finished command lets go: with one, a window that became wider would not be filled again.
const AT_ONCE = 2

/**
 * The commands of all users to one server. Its client sends in the order of the calls, so it is given no more than it can
 * send; the rest waits here, where users take turns: many commands of one user delay those of another by one at most.
 */
export class CommandTurns {
  readonly #client: Pick<AsyncRconClient, 'statistics'>
  readonly #clock: ClientClock
  #underWay = 0
  // By user, the next one first; a user who had a turn moves to the end.
  readonly #waiting = new Map<string, Set<Deferred<void>>>()
  // By user: how many are still being written down.
  readonly #coming = new Map<string, number>()

  constructor(client: Pick<AsyncRconClient, 'statistics'>, clock: ClientClock) {
    this.#client = client
    this.#clock = clock
  }

  /** Whether so many commands of the user wait, or are about to, that another one is refused. */
  isFull(user: string): boolean {
    return (this.#waiting.get(user)?.size ?? 0) + (this.#coming.get(user) ?? 0) >= MAX_WAITING_OF_USER
  }

  /** Counts a command that will want a place. */
  announce(user: string): void {
    this.#coming.set(user, (this.#coming.get(user) ?? 0) + 1)
  }

  /** Counts it no more: it wants a place now, or is given up. */
  arrive(user: string): void {
    this.#coming.set(user, (this.#coming.get(user) ?? 0) - 1)
  }

  /** Takes a place, if one is free and nobody waits for it. Each place taken, here or by `wait`, must be given back. */
  enter(): boolean {
    if (this.#waiting.size > 0 || !this.#hasRoom()) return false
    this.#underWay++
    return true
  }

  /**
   * Waits for a place.
   *
   * @throws {@link CommandTimeoutError}, or `RconError` `closed` when given up; the command was not sent.
   */
  async wait({ user, command, timeoutMs = TIMEOUT_MS, signal }: TurnRequest): Promise<void> {
    const turn = new Deferred<void>()
    this.#waiting.set(user, (this.#waiting.get(user) ?? new Set()).add(turn))
    const fail = (error: Error) => {
      this.#remove(user, turn)
      turn.reject(error)
    }
    const stops = [whenAborted(signal, (reason) => fail(notSent(reason)))]
    const facts = { command, attempts: 0, elapsedMs: timeoutMs, outcome: 'not-sent' } as const
    if (timeoutMs !== Number.POSITIVE_INFINITY)
      stops.push(this.#clock.setTimer(() => fail(new CommandTimeoutError(facts)), timeoutMs))
    try {
      await turn.promise
    } finally {
      for (const stop of stops) stop()
    }
  }

  /** Gives a place back. */
  leave(): void {
    this.#underWay--
    for (let count = 0; count < AT_ONCE; count++) this.#letIn()
  }

  #hasRoom(): boolean {
    if (this.#underWay < FEW) return true
    return this.#underWay < MANY && this.#client.statistics.queued === 0
  }

  #letIn(): void {
    const [first] = this.#waiting
    if (first === undefined || !this.#hasRoom()) return
    const [user, turns] = first
    const [turn] = turns
    this.#waiting.delete(user)
    if (turn === undefined) return
    turns.delete(turn)
    if (turns.size > 0) this.#waiting.set(user, turns)
    this.#underWay++
    turn.resolve()
  }

  #remove(user: string, turn: Deferred<void>): void {
    const turns = this.#waiting.get(user)
    if (turns?.delete(turn) && turns.size === 0) this.#waiting.delete(user)
  }
}

/** The error of a command that was given up before it was sent. */
export function notSent(reason: unknown): Error {
  const message = reason instanceof Error ? reason.message : String(reason)
  return Object.assign(new RconError('closed', message), { outcome: 'not-sent' as const })
}
