// @ts-nocheck
import {
  encodeText,
  HEADER_BYTES,
  InvalidArgumentError,
  MAX_DATAGRAM_BYTES,
  tooManyBytes,
} from '@bercon/protocol'
import type { Reply } from './server-options.js'

// A message's type and sequence precede its text (P8).
const MAX_MESSAGE_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2

/** @throws {@link InvalidArgumentError} for a value that is neither text nor bytes. */
export function replyBytes(reply: Reply): Uint8Array {
  return toBytes('reply', reply)
}

/** @throws {@link InvalidArgumentError} for a value that is neither text nor bytes, or does not fit a datagram. */
export function messageBytes(message: Reply): Uint8Array {
  const bytes = toBytes('message', message)
  if (bytes.length <= MAX_MESSAGE_BYTES) return bytes
  throw tooManyBytes(bytes, MAX_MESSAGE_BYTES, 'message')
}

/** A copy, because a message waits until it is acknowledged, and the caller may reuse its memory. */
function toBytes(name: string, text: Reply): Uint8Array {
  if (typeof text === 'string') return encodeText(text)
  if (text instanceof Uint8Array) return Uint8Array.from(text)
  throw new InvalidArgumentError(name, text, 'a string or a Uint8Array')
}
