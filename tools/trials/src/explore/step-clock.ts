import type { ClientClock } from '@bercon/core'

interface Timer {
  readonly at: number
  readonly callback: () => void
  state: 'set' | 'over'
}

const EPOCH = Date.UTC(2026, 0, 1)

/** A clock whose timers ring one at a time, so that a world can look between two of them. */
export class StepClock implements ClientClock {
  // In the order in which they ring, the next one last: worlds have few timers, and look for the next one at every step.
  readonly #timers: Timer[] = []
  #set = 0
  #now = 0

  now(): number {
    return this.#now
  }

  wallNow(): number {
    return EPOCH + this.#now
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer: Timer = { at: this.#now + delayMs, callback, state: 'set' }
    const timers = this.#timers
    let index = timers.length
    // Of two timers that are due at the same time, the one that was set first rings first.
    while (index > 0 && (timers[index - 1]?.at ?? 0) <= timer.at) index--
    timers.splice(index, 0, timer)
    this.#set++
    return () => this.#end(timer)
  }

  /** Number of timers that are set. */
  get timers(): number {
    return this.#set
  }

  /** When the next timer is due. */
  get next(): number {
    return this.#first?.at ?? Number.POSITIVE_INFINITY
  }

  /** Time passes until then; what is due meanwhile rings late. */
  jumpTo(now: number): void {
    this.#now = Math.max(this.#now, now)
  }

  /** Lets time pass until the next timer is due, and rings it. */
  ring(): void {
    const timer = this.#first
    if (timer === undefined) return
    this.#timers.pop()
    this.#end(timer)
    this.jumpTo(timer.at)
    timer.callback()
  }

  /** Of two timers that are due at the same time, the one that was set first. */
  get #first(): Timer | undefined {
    while (this.#timers.at(-1)?.state === 'over') this.#timers.pop()
    return this.#timers.at(-1)
  }

  #end(timer: Timer): void {
    if (timer.state === 'set') this.#set--
    timer.state = 'over'
  }
}

/**
 * Waits until every promise that can settle has settled: Node calls back between two ticks when no promise is left to settle.
 * A turn of the event loop would do too, but it costs ten times as much.
 */
export function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

/** Rings every timer that is due by then, and lets promises settle after each. */
export async function passUntil(clock: StepClock, until: number): Promise<void> {
  for (; clock.next <= until; await drained()) clock.ring()
  clock.jumpTo(until)
}

/** A clock that knows how many timers its user has set. */
export interface CountedClock extends ClientClock {
  readonly timers: number
}

/** One party's view of a clock that others use too. */
export function countedClock(clock: StepClock): CountedClock {
  const timers = new Set<object>()
  return {
    get timers() {
      return timers.size
    },
    now: () => clock.now(),
    wallNow: () => clock.wallNow(),
    setTimer: (callback, delayMs) => {
      const timer = {}
      timers.add(timer)
      const cancel = clock.setTimer(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      return () => {
        timers.delete(timer)
        cancel()
      }
    },
  }
}
