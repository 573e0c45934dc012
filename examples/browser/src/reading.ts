import {
  bytesOfHex,
  type CapturedPacket,
  type DescribedPacket,
  describeCapture,
  describeDatagram,
} from '@bercon/core/capture'

/** What a datagram says. */
export interface Reading {
  /** Two where both sides could have sent it: a command and a response look alike. */
  readonly packets: readonly DescribedPacket[]
  /** When and between whom it was sent, where a capture says so. */
  readonly way?: Pick<CapturedPacket, 'at' | 'from' | 'to'>
}

/** What was pasted: every line is a datagram. @throws an error that names the line that is none. */
export function readHex(text: string): readonly Reading[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => ({ packets: describeDatagram(bytesOfLine(line, index + 1)) }))
}

/** What was dropped. @throws an error when it is no capture. */
export function readFile(bytes: Uint8Array): readonly Reading[] {
  return describeCapture(bytes).map((packet) => ({ packets: [packet], way: packet }))
}

function bytesOfLine(line: string, number: number): Uint8Array {
  try {
    return bytesOfHex(line)
  } catch (error) {
    throw new Error(`Datagram ${number}: ${error instanceof Error ? error.message : error}`)
  }
}
