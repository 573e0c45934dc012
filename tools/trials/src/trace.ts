/** A checksum over numbers in order: two runs with the same one took the same way. */
export class Trace {
  #hash = 0x811c9dc5

  note(...numbers: readonly number[]): void {
    // Microseconds of virtual time, so that two times that differ at all differ here.
    for (const number of numbers) this.#hash = Math.imul(this.#hash ^ Math.round(number * 1_000), 0x01000193)
  }

  toString(): string {
    return (this.#hash >>> 0).toString(16)
  }
}
