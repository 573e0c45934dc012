import { crc32 } from '../wire/crc32.js'
import { SEQUENCES, serialDistance } from '../wire/serial-number.js'

// A server with at most 64 messages open beyond its oldest unacknowledged one has none further ahead than this of the
// newest that came: the oldest that it may still wait for is the one after that.
const SURELY_AHEAD = 65

/**
 * Gives each server message its number, the sequence carried on over its wraps by serial-number arithmetic (RFC 1982),
 * and recognizes repeats (W10, W11).
 *
 * Half the numbers lie ahead of the newest, half behind; but when the oldest of 64 open messages is acknowledged at
 * last, the next 64 follow at once, and a late copy of it finds the newest 129 ahead. So in the far half of what lies
 * ahead a message is a repeat when one with that sequence and the same bytes was seen 256 numbers before. Exact while
 * the server keeps to its 64. From one that does not, a repeat can be told twice, but a message that differs from the one
 * before it at its sequence is never lost.
 */
export class DuplicateFilter {
  #newest: number | undefined
  // Of the message last seen at each sequence: its number, and a checksum of its bytes.
  readonly #seen: Float64Array = new Float64Array(SEQUENCES).fill(Number.NaN)
  readonly #checksums: Uint32Array = new Uint32Array(SEQUENCES)

  /** The message's number when it is new, nothing when it is a repeat. */
  accept(sequence: number, bytes: Uint8Array): number | undefined {
    const checksum = crc32(bytes)
    let number = this.#numberOf(sequence, checksum)
    if (this.#seen[sequence] === number) {
      if (this.#checksums[sequence] === checksum) return undefined
      // Another message than the one that was taken for this number: nothing that differs may be lost.
      number += SEQUENCES
    }
    this.#seen[sequence] = number
    this.#checksums[sequence] = checksum
    if (this.#newest === undefined || number > this.#newest) this.#newest = number
    return number
  }

  #numberOf(sequence: number, checksum: number): number {
    if (this.#newest === undefined) return sequence
    const distance = serialDistance(sequence, this.#newest)
    const number = this.#newest + distance
    if (distance > -SEQUENCES / 2 && distance <= SURELY_AHEAD) return number
    const behind = distance > 0 ? number - SEQUENCES : number
    const isRepeat = this.#seen[sequence] === behind && this.#checksums[sequence] === checksum
    return isRepeat ? behind : behind + SEQUENCES
  }
}
