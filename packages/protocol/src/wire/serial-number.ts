/** Number of sequences: they are one byte (P5, P8). */
export const SEQUENCES = 256

const HALF = SEQUENCES / 2

/**
 * Distance from `number`'s sequence to `sequence`, from -128 to 127, by serial-number arithmetic (RFC 1982). For two
 * that are 128 apart the order is undefined; the result is -128.
 */
export function serialDistance(sequence: number, number: number): number {
  return ((((sequence - number) % SEQUENCES) + SEQUENCES + HALF) % SEQUENCES) - HALF
}
