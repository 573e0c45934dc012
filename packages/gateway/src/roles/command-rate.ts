const MINUTE_MS = 60_000

/** How many commands a user has given in the last minute. */
export class CommandRate {
  // The times of the commands of the last minute, oldest first; never more than the limit.
  #times: number[] = []
  #reportedAt = Number.NEGATIVE_INFINITY

  /** Counts a command, unless there were as many as the limit in the minute before `now`. */
  admits(limit: number, now: number): boolean {
    if (limit === Number.POSITIVE_INFINITY) return true
    const recent = this.#times.findIndex((at) => now - at < MINUTE_MS)
    this.#times = recent < 0 ? [] : recent === 0 ? this.#times : this.#times.slice(recent)
    if (this.#times.length >= limit) return false
    this.#times.push(now)
    return true
  }

  /** How long after `now` the next command is admitted, in ms. */
  waitMs(limit: number, now: number): number {
    const oldest = this.#times[this.#times.length - limit]
    return oldest === undefined ? 0 : Math.max(0, oldest + MINUTE_MS - now)
  }

  /** Whether a command beyond the limit is to be reported: one in a minute, so that reports cannot flood. */
  isToReport(now: number): boolean {
    if (now - this.#reportedAt < MINUTE_MS) return false
    this.#reportedAt = now
    return true
  }
}
