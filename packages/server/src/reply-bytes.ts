import {
  encodeText,
  HEADER_BYTES,
  InvalidArgumentError,
  MAX_DATAGRAM_BYTES,
  tooManyBytes,
} from '@bercon/protocol'
import type { Reply } from './server-options.js'

// Before a message's text stand its type and its sequence (P8).
const MAX_MESSAGE_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2

/** @throws {@link InvalidArgumentError} for what is neither text nor bytes. */
export function replyBytes(reply: Reply): Uint8Array {
  return toBytes('reply', reply)
}

/** @throws {@link InvalidArgumentError} for what is neither text nor bytes, and for more than a datagram carries. */
export function messageBytes(message: Reply): Uint8Array {
  const bytes = toBytes('message', message)
  if (bytes.length <= MAX_MESSAGE_BYTES) return bytes
  throw tooManyBytes(bytes, MAX_MESSAGE_BYTES, 'message')
}

/** A copy, because a message waits until it is acknowledged, and its owner may write on. */
function toBytes(name: string, text: Reply): Uint8Array {
  if (typeof text === 'string') return encodeText(text)
  if (text instanceof Uint8Array) return Uint8Array.from(text)
  throw new InvalidArgumentError(name, text, 'a string or a Uint8Array')
}
