import type { ResponsePartPacket } from '../packet.js'
import { sameBytes } from '../same-bytes.js'

/**
 * The parts of one reply, in whatever order they come (P6, W4). Bytes are joined before anybody decodes them (W5).
 *
 * Parts are kept over a resend. A server that executes a repeated command again (W7) may answer otherwise the second
 * time: a part that does not go with those held, by its total or by other bytes at the same index, begins a new
 * collection. Two answers alike in total whose kept parts never overlap cannot be told apart; nothing on the wire does.
 */
export class Reassembly {
  #parts: (Uint8Array | undefined)[] = []
  #count = 0
  #bytes = 0

  /** Bytes held. */
  get bytes(): number {
    return this.#bytes
  }

  /** Takes a part in; `true` when it was the last one missing. */
  add(part: ResponsePartPacket): boolean {
    const held = this.#parts[part.index]
    if (this.#parts.length !== part.total || (held !== undefined && !sameBytes(held, part.bytes))) {
      this.#parts = new Array(part.total).fill(undefined)
      this.#count = 0
      this.#bytes = 0
    } else if (held !== undefined) return false
    this.#parts[part.index] = part.bytes
    this.#count++
    this.#bytes += part.bytes.length
    return this.#count === part.total
  }

  /** All parts in the order of their index. */
  join(): Uint8Array {
    const whole = new Uint8Array(this.#bytes)
    let at = 0
    for (const part of this.#parts) {
      if (part === undefined) continue
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
}
