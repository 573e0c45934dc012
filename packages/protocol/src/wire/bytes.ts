/** Whether both hold the same bytes; it ends at the first that differs. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

// Up to here a loop is quicker than a view to copy from.
const LOOP_BYTES = 16

/** A copy of the datagram's bytes from `start` on, which no reuse of the datagram's memory can change. */
export function bytesFrom(datagram: Uint8Array, start: number): Uint8Array {
  const length = datagram.length - start
  // Not `slice`: that of a Node `Buffer` is a view of the same memory.
  if (length > LOOP_BYTES)
    return new Uint8Array(new Uint8Array(datagram.buffer, datagram.byteOffset + start, length))
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = datagram[start + i] as number
  return bytes
}

// Everyday lengths; what is longer costs more than the view of it.
const KEPT = 256

/**
 * Views of one buffer from `start` to wherever is asked, those up to everyday lengths made once: a view costs more
 * than what is done with so few bytes.
 */
export class Views {
  readonly #buffer: Uint8Array
  readonly #start: number
  readonly #kept: Uint8Array[] = []

  constructor(buffer: Uint8Array, start: number) {
    this.#buffer = buffer
    this.#start = start
  }

  to(end: number): Uint8Array {
    const kept = this.#kept[end]
    if (kept !== undefined) return kept
    const made = this.#buffer.subarray(this.#start, end)
    if (end < KEPT) this.#kept[end] = made
    return made
  }
}
