import { SEQUENCES, serialDistance } from '../wire/serial-number.js'

// A server keeps at most 64 messages open after its oldest unacknowledged one. The oldest that it may still wait for is
// at the earliest the one after the newest received, so no message is further ahead than this.
const SURELY_AHEAD = 65

/**
 * Numbers server messages by extending the sequence past its wraps with serial-number arithmetic (RFC 1982), and
 * recognizes repeats (W10, W11).
 *
 * Half of all numbers are ahead of the newest, half are behind. But when the oldest of 64 open messages is acknowledged
 * last, the next 64 follow at once, and for a late copy of it the newest is 129 ahead. In the far half of the numbers
 * ahead, a message is therefore a repeat if one with the same sequence and bytes was seen 256 numbers earlier. This is
 * exact as long as the server keeps to 64 open messages. If it does not, a repeat can be emitted twice, but a message
 * that differs from the previous one with its sequence is never lost.
 */
export class DuplicateFilter {
  #newest: number | undefined
  // Of the last message with each sequence: its number, and its checksum.
  readonly #seen: Float64Array = new Float64Array(SEQUENCES).fill(Number.NaN)
  readonly #checksums: Int32Array = new Int32Array(SEQUENCES)

  /**
   * The message's number if it is new, `undefined` if it is a repeat. `checksum` is that of its datagram, as a signed
   * number: with the same sequence it differs exactly if that of the bytes does.
   */
  accept(sequence: number, checksum: number): number | undefined {
    let number = this.#numberOf(sequence, checksum)
    if (this.#seen[sequence] === number) {
      if (this.#checksums[sequence] === checksum) return undefined
      // Not the message seen with this number: one that differs must not be lost.
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
