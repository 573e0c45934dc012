import { type ClientEvent, decodeText, encodeText, type TextOptions } from '@bercon/protocol'
import { messageWithoutPassword } from '../errors/command-text.js'
import type { ConnectionEvent } from './connection-event.js'

/** A message as its text, with its bytes where the text alone would not give them back (W6) and holds no password. */
export function messageEvent(
  message: Extract<ClientEvent, { type: 'message' }>,
  at: number,
  options: TextOptions = {},
): Extract<ConnectionEvent, { type: 'message' }> {
  const { bytes, sequence, number } = message
  const said = decodeText(bytes, options)
  const text = messageWithoutPassword(said)
  const event = { type: 'message', at, text, sequence, number } as const
  return text !== said || isUtf8(bytes, text) ? event : { ...event, bytes: Array.from(bytes) }
}

function isUtf8(bytes: Uint8Array, text: string): boolean {
  const again = encodeText(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
}
