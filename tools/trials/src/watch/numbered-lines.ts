import type { Simulator } from '@bercon/simulator'
import type { WatchedLine } from './watch-process.js'

const TICK_MS = 10
const BEGINNING = '(Global) Ticker: line '

/** Lines that are told by a simulated server at a steady rate, and what was heard of them. */
export class NumberedLines {
  readonly #simulator: Simulator
  /** When each was told, by its number. */
  readonly #toldAt: number[] = []
  readonly #heard: number[] = []
  #last = -1
  doubled = 0
  disordered = 0

  constructor(simulator: Simulator) {
    this.#simulator = simulator
  }

  get told(): number {
    return this.#toldAt.length
  }

  get heard(): number {
    return this.#heard.filter((times) => times > 0).length
  }

  /** When those that were never heard were told, in ms since 1970. */
  missed(): readonly number[] {
    return this.#toldAt.filter((_at, number) => !this.#heard[number])
  }

  /** Tells so many a second, for so long; what a late timer left out is made up for at the next. */
  async tell(perSecond: number, durationMs: number): Promise<void> {
    const start = performance.now()
    const before = this.told
    for (let elapsedMs = 0; elapsedMs < durationMs; ) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
      elapsedMs = Math.min(durationMs, performance.now() - start)
      const due = before + Math.floor((elapsedMs / 1_000) * perSecond)
      while (this.told < due) this.#tellOne()
    }
  }

  hear({ type, raw }: WatchedLine): void {
    if (type !== 'playerMessage' || !String(raw).startsWith(BEGINNING)) return
    const number = Number(String(raw).slice(BEGINNING.length))
    const times = (this.#heard[number] ?? 0) + 1
    this.#heard[number] = times
    if (times > 1) this.doubled++
    else if (number < this.#last) this.disordered++
    this.#last = Math.max(this.#last, number)
  }

  #tellOne(): void {
    const number = this.#toldAt.push(Date.now()) - 1
    this.#simulator.world.emit(`${BEGINNING}${number}`)
  }
}
