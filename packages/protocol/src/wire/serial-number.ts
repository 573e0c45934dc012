/** How many sequences there are: one byte (P5, P8). */
export const SEQUENCES = 256

const HALF = SEQUENCES / 2

/**
 * How far `sequence` lies from that of `number`, from -128 to 127, by serial-number arithmetic (RFC 1982): of two
 * that are 128 apart nobody can say which comes first, and -128 is given.
 */
export function serialDistance(sequence: number, number: number): number {
  return ((((sequence - number) % SEQUENCES) + SEQUENCES + HALF) % SEQUENCES) - HALF
}
