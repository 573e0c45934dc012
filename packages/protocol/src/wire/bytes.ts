/** Whether both arrays contain the same bytes. Stops at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

const NOTHING = new Uint8Array(0)

// Up to this length a loop is faster than creating a view to copy from.
const LOOP_BYTES = 16

/** A copy of the datagram's bytes from `start` on, independent of the datagram's memory. */
export function bytesFrom(datagram: Uint8Array, start: number): Uint8Array {
  const length = datagram.length - start
  // Most replies are empty (W3).
  if (length === 0) return NOTHING
  // Not `slice`: on a Node `Buffer` it returns a view of the same memory.
  if (length > LOOP_BYTES)
    return new Uint8Array(new Uint8Array(datagram.buffer, datagram.byteOffset + start, length))
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = datagram[start + i] as number
  return bytes
}

// Common lengths. A longer copy costs more than its view.
const KEPT = 256

/**
 * Views of one buffer from `start` to any end. Views of common lengths are made once, because creating one costs more
 * than the work on so few bytes.
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
