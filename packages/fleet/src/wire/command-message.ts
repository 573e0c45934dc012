import { type CommandRequest, type ErrorData, errorFromData, errorToData } from '@bercon/core/kit'
import { type ClientMessage, type HostMessage, readClientMessage, readHostMessage } from '@bercon/remote/wire'
import { epochText, readEpoch } from './epoch-text.js'

/** A command on its way to the worker that owns its server. */
export interface CommandMessage {
  /** Of the owner that it is meant for; another one does not execute it. */
  readonly epoch: number
  readonly request: CommandRequest
  /** What is left until the caller's deadline, in ms. */
  readonly timeoutMs: number
}

/** What the worker answers. After `refused` it has not executed the command, and no other worker will. */
export type CommandAnswer =
  | { readonly type: 'answered'; readonly text: string }
  | { readonly type: 'failed'; readonly error: Error }
  | { readonly type: 'refused'; readonly epoch: number }

/** What a text of the bus may have; servers of NATS refuse more than 1 MiB, by default. */
export const MAX_LENGTH = 1_048_576

// Every command is a request of its own on the bus, which needs no number to find its answer.
const ID = 1
const REFUSED = 'refused'

export function commandText({ epoch, request, timeoutMs }: CommandMessage): string {
  const { text, resend, verifyEnd, hasTotal } = request
  const message: ClientMessage = { type: 'exchange', id: ID, text, resend, verifyEnd, hasTotal, timeoutMs }
  return epochText(epoch, JSON.stringify(message))
}

/** Reads a command; nothing for a text that is none. */
export function readCommand(text: string): CommandMessage | undefined {
  const read = readEpoch(text)
  if (read === undefined) return undefined
  const { epoch, rest } = read
  const message = readClientMessage(rest, MAX_LENGTH)
  if (message.type !== 'exchange') return undefined
  const { type: _type, id: _id, timeoutMs, ...request } = message
  return { epoch, request, timeoutMs: timeoutMs ?? Number.POSITIVE_INFINITY }
}

export function answerText(epoch: number, answer: CommandAnswer): string {
  return epochText(epoch, answer.type === REFUSED ? REFUSED : JSON.stringify(messageOf(answer)))
}

function messageOf(answer: Exclude<CommandAnswer, { type: 'refused' }>): HostMessage {
  if (answer.type === 'failed') return { type: 'answer', id: ID, error: errorToData(answer.error) }
  return { type: 'answer', id: ID, reply: answer.text }
}

/** Reads an answer; nothing for a text that is none. */
export function readAnswer(text: string): CommandAnswer | undefined {
  const read = readEpoch(text)
  if (read === undefined) return undefined
  const { epoch, rest } = read
  if (rest === REFUSED) return { type: REFUSED, epoch }
  const message = readHostMessage(rest, MAX_LENGTH)
  if (message.type !== 'answer') return undefined
  return 'error' in message
    ? { type: 'failed', error: errorIn(message.error) }
    : { type: 'answered', text: message.reply }
}

/** The error, or a plain one if its facts do not make the error that its code names. */
function errorIn(data: ErrorData): Error {
  try {
    return errorFromData(data)
  } catch {
    return new Error(data.message)
  }
}
