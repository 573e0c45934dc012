import type { Simulator } from '@bercon/simulator'
import type { WatchedLine } from './watch-process.js'

const TICK_MS = 10
const BEGINNING = '(Global) Ticker: line '

/** Lines that a simulated server sends at a steady rate, and those of them received. */
export class NumberedLines {
  readonly #simulator: Simulator
  /** When each was sent, by its number. */
  readonly #sentAt: number[] = []
  readonly #heard: number[] = []
  #last = -1
  doubled = 0
  disordered = 0

  constructor(simulator: Simulator) {
    this.#simulator = simulator
  }

  get said(): number {
    return this.#sentAt.length
  }

  get heard(): number {
    return this.#heard.filter((times) => times > 0).length
  }

  /** When the missing ones were sent, in ms since 1970. */
  missed(): readonly number[] {
    return this.#sentAt.filter((_at, number) => !this.#heard[number])
  }

  /** Sends lines at this rate for this time; a timer that is late catches up. */
  async send(perSecond: number, durationMs: number): Promise<void> {
    const start = performance.now()
    const before = this.said
    for (let elapsedMs = 0; elapsedMs < durationMs; ) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
      elapsedMs = Math.min(durationMs, performance.now() - start)
      const due = before + Math.floor((elapsedMs / 1_000) * perSecond)
      while (this.said < due) this.#sayOne()
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

  #sayOne(): void {
    const number = this.#sentAt.push(Date.now()) - 1
    this.#simulator.world.emit(`${BEGINNING}${number}`)
  }
}
