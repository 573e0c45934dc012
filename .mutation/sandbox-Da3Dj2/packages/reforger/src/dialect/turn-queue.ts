/** A command from the call to its reply or failure. */
// @ts-nocheck

export interface TurnRequest {
  /** The caller's id; `probe` for the session's own request, which detects the RCON and has no caller. */
  readonly id: number | 'probe'
  readonly bytes: Uint8Array
  readonly command: string
  readonly resend: boolean
  /** Whether a second command verifies the end of the output. */
  readonly verifyEnd: boolean
  readonly addedAt: number
  readonly deadline: number
}

/** Commands waiting for their turn, in the order of the calls. */
export class TurnQueue {
  readonly #requests = new Map<TurnRequest['id'], TurnRequest>()

  get size(): number {
    return this.#requests.size
  }

  /** The earliest deadline, `Infinity` if no command waits. */
  get nextAt(): number {
    let earliest = Number.POSITIVE_INFINITY
    for (const { deadline } of this.#requests.values()) earliest = Math.min(earliest, deadline)
    return earliest
  }

  push(request: TurnRequest): void {
    this.#requests.set(request.id, request)
  }

  /** Removes and returns the one that has waited longest. */
  shift(): TurnRequest | undefined {
    const [first] = this.#requests.values()
    if (first !== undefined) this.#requests.delete(first.id)
    return first
  }

  remove(id: number): TurnRequest | undefined {
    const request = this.#requests.get(id)
    this.#requests.delete(id)
    return request
  }

  /** Removes and returns those whose deadline has passed. */
  takeDue(now: number): readonly TurnRequest[] {
    const due = [...this.#requests.values()].filter(({ deadline }) => deadline <= now)
    for (const { id } of due) this.#requests.delete(id)
    return due
  }

  takeAll(): readonly TurnRequest[] {
    return this.takeDue(Number.POSITIVE_INFINITY)
  }
}
