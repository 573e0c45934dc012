import type { ClientClock } from '@bercon/client'
import type { VirtualClock } from '@bercon/core/testing'

/** A process in virtual time: its clock runs too fast or too slow, and it can hang and crash. */
export class VirtualProcess {
  readonly clock: ClientClock
  readonly #random: () => number
  readonly #onCrash: (() => void)[] = []
  #state: 'running' | 'hung' | 'crashed' = 'running'
  #timers: (() => void)[] = []
  #inputs: (() => void)[] = []

  /** @param pace How many of its seconds pass in one. */
  constructor(world: VirtualClock, pace: number, random: () => number) {
    this.#random = random
    this.clock = {
      now: () => world.now() * pace,
      wallNow: () => world.wallNow(),
      setTimer: (callback, delayMs) => {
        let isSet = true
        const ring = () => {
          if (isSet) callback()
          isSet = false
        }
        const cancel = world.setTimer(() => this.#enter(ring, this.#timers), delayMs / pace)
        return () => {
          isSet = false
          cancel()
        }
      },
    }
  }

  get state(): 'running' | 'hung' | 'crashed' {
    return this.#state
  }

  /** Something from outside comes in: at once, when the process goes on, or never. */
  receive(input: () => void): void {
    this.#enter(input, this.#inputs)
  }

  hang(): void {
    if (this.#state === 'running') this.#state = 'hung'
  }

  resume(): void {
    if (this.#state !== 'hung') return
    this.#state = 'running'
    const [timers, inputs] = [this.#timers, this.#inputs]
    this.#timers = []
    this.#inputs = []
    // Which comes first is up to the event loop.
    const all = this.#random() < 0.5 ? [...timers, ...inputs] : [...inputs, ...timers]
    for (const event of all) event()
  }

  crash(): void {
    this.#state = 'crashed'
    for (const callback of this.#onCrash) callback()
  }

  onCrash(callback: () => void): void {
    this.#onCrash.push(callback)
  }

  #enter(event: () => void, waiting: (() => void)[]): void {
    if (this.#state === 'running') event()
    if (this.#state === 'hung') waiting.push(event)
  }
}
