import type { LinkOptions } from '@bercon/protocol/link'

/** The link of the trials: delays of 20 to 400 ms, plus the given faults. */
export function harshLink(seed: number, loss: number, repeat: number): Partial<LinkOptions> {
  return { seed, loss, repeat, reorder: 0.2, reorderMs: 400, corrupt: 0.01, minDelayMs: 20, maxDelayMs: 400 }
}

/** A checksum over numbers in order: two runs with the same checksum did the same. */
export class Trace {
  #hash = 0x811c9dc5

  note(...numbers: readonly number[]): void {
    // Microseconds of virtual time, so that any difference shows.
    for (const number of numbers) this.#hash = Math.imul(this.#hash ^ Math.round(number * 1_000), 0x01000193)
  }

  toString(): string {
    return (this.#hash >>> 0).toString(16)
  }
}
