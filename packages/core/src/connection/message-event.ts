import { type ClientEvent, decodeText, encodeText } from '@bercon/protocol'
import type { ConnectionEvent } from './connection-event.js'

/** A message as its text, with its bytes where the text alone would not give them back (W6). */
export function messageEvent(
  message: Extract<ClientEvent, { type: 'message' }>,
  at: number,
): Extract<ConnectionEvent, { type: 'message' }> {
  const { bytes, sequence, number } = message
  const text = decodeText(bytes)
  const event = { type: 'message', at, text, sequence, number } as const
  return isUtf8(bytes, text) ? event : { ...event, bytes: Array.from(bytes) }
}

function isUtf8(bytes: Uint8Array, text: string): boolean {
  const again = encodeText(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
}
