/**
 * All that somebody was given, in order. One who decides by their inputs alone is in the same state after the same history.
 * A hash of 52 bits: some ten million states have one pair in common less often than once in a hundred runs.
 */
export class History {
  #hash = 0

  get hash(): number {
    return this.#hash
  }

  /** As it was before something that was tried. */
  restore(hash: number): void {
    this.#hash = hash
  }

  add(now: number, what: string | Uint8Array): void {
    this.#hash = hashOf(this.#hash ^ now, what)
  }
}

/** Continues a hash with more bytes, or the units of a text. */
export function hashOf(before: number, what: string | Uint8Array): number {
  let low = (before & 0xffffffff) ^ 0x811c9dc5
  let high = Math.floor(before / 2 ** 32) ^ 0x9e3779b9
  for (let index = 0; index < what.length; index++) {
    const unit = typeof what === 'string' ? what.charCodeAt(index) : (what[index] ?? 0)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit ^ (low >>> 24), 0x85ebca6b)
  }
  return (high & 0xfffff) * 2 ** 32 + (low >>> 0)
}
