// @ts-nocheck
import { parseServerMessage } from '@bercon/core'
import { decodeText, parseErrorReply, type SessionEvent } from '@bercon/core/kit'
import { parseEcho, parseLogin } from '../reforger-message.js'

/** The session's event of a message. */
export type SessionMessage = Extract<SessionEvent, { readonly type: 'message' }>

/** A message, and its role in a command's output. */
export interface SortedMessage {
  /** `line`: an event, in no output; `echo`: the start of an output; `output`: everything else. */
  readonly kind: 'line' | 'echo' | 'output'
  /** The command, for an echo. */
  readonly command: string | undefined
  readonly event: SessionMessage
}

const LINE_FEED = 0x0a

/** Classifies a message by its text. */
export function sortMessage(event: SessionMessage): SortedMessage {
  const lineFeedAt = event.bytes.indexOf(LINE_FEED)
  // Most likely a piece of a list: it is not worth decoding, and never a line, however it begins.
  if (lineFeedAt >= 0 && lineFeedAt < event.bytes.length - 1)
    return { kind: 'output', command: undefined, event }
  const text = decodeText(event.bytes)
  const command = parseEcho(text)
  // The message that can follow a keep-alive starts no output.
  if (command !== undefined) return { kind: command === '' ? 'line' : 'echo', command, event }
  const isLine = parseLogin(text) !== undefined || (lineFeedAt < 0 && isBattleyeLine(text))
  return { kind: isLine ? 'line' : 'output', command, event }
}

/**
 * Whether it is one of BattlEye's lines, which have no line feed at the end: a piece of a list that ends with one would
 * lose the row after it.
 */
function isBattleyeLine(text: string): boolean {
  // As a message this is a remark of BattlEye's, but here it answers a command.
  return parseErrorReply(text) === undefined && parseServerMessage(text).type !== 'unknownMessage'
}
