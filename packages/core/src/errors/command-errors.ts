import { codeOf, type Outcome, RconError, type RconErrorCode } from '@bercon/protocol'
import type { ListProblem } from '../commands/list-problem.js'
import type { AdminRow } from '../parsers/admins-reply.js'
import type { BanRow } from '../parsers/bans-reply.js'
import type { PlayerRow } from '../parsers/players-reply.js'
import { shown, withoutPassword } from './command-text.js'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'command-disallowed': RconError
    'rate-limited': RconError
    'unknown-command': RconError
    'command-timeout': RconError
    'connection-lost': RconError
    'not-connected': RconError
    'unexpected-reply': RconError
    'incomplete-reply': RconError
    'worker-failure': RconError
  }
}

/** A command failed. `command` is its text, without the password of `RConPassword`. */
export abstract class RconCommandError extends RconError {
  readonly command: string

  constructor(code: RconErrorCode, command: string, message: (command: string) => string) {
    const text = withoutPassword(command)
    // Only the keep-alive is not quoted.
    super(code, message(shown(text)).replace(/^the /, 'The '))
    this.command = text
  }
}

/** The server's configuration forbids the command (W9, `RestrictRCon 1`). */
export class CommandDisallowedError extends RconCommandError {
  static override readonly className: string = 'CommandDisallowedError'
  constructor(facts: { readonly command: string }) {
    super(
      'command-disallowed',
      facts.command,
      (command) =>
        `The server does not allow ${command}; to allow it, set RestrictRCon to 0 in BEServer_x64.cfg`,
    )
  }
}

/** The host of a shared connection, such as a gateway, accepts no more commands from this user for a while. */
export class RateLimitedError extends RconCommandError {
  static override readonly className: string = 'RateLimitedError'
  /** From the answer until the next command is accepted, in ms. */
  readonly retryAfterMs: number

  constructor(facts: { readonly command: string; readonly retryAfterMs: number }) {
    const { command, retryAfterMs } = facts
    super(
      'rate-limited',
      command,
      (text) => `Too many commands, so ${text} was not sent; send it again in ${seconds(retryAfterMs)} s`,
    )
    this.retryAfterMs = retryAfterMs
  }
}

/** The server does not know the command (W9). */
export class UnknownCommandError extends RconCommandError {
  static override readonly className: string = 'UnknownCommandError'
  constructor(facts: { readonly command: string }) {
    super(
      'unknown-command',
      facts.command,
      (command) => `The server does not know the command ${command}; check its spelling`,
    )
  }
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  unknown: 'the command may have been executed, so check before you send it again',
  'not-sent': 'the command was not sent, so sending it again is safe',
  executed: 'the command was executed, but its reply is incomplete',
}

/** The outcome in words. A command that only reads needs no check. */
function outcomeText(outcome: Outcome, resend: boolean): string {
  if (resend && outcome === 'unknown')
    return 'the command may have been executed, and sending it again is safe'
  return OUTCOMES[outcome]
}

/** The facts about a command without a reply. */
export interface UnansweredFacts {
  readonly command: string
  /** How often it was sent. */
  readonly attempts: number
  /** From the call, in ms. */
  readonly elapsedMs: number
  readonly outcome: Outcome
  /** Whether the command may be executed twice, such as one that only reads. @default false */
  readonly resend?: boolean | undefined
}

/** A command was sent, or queued, but got no reply. `outcome` says what is known about it. */
abstract class UnansweredError extends RconCommandError {
  readonly attempts: number
  readonly elapsedMs: number
  readonly outcome: Outcome
  /** Whether the command may be executed twice: if so, running it again is safe whatever the outcome. */
  readonly resend: boolean

  constructor(code: RconErrorCode, facts: UnansweredFacts, happened: (command: string) => string) {
    const { outcome, resend = false } = facts
    super(code, facts.command, (command) => `${happened(command)}; ${outcomeText(outcome, resend)}`)
    this.attempts = facts.attempts
    this.elapsedMs = facts.elapsedMs
    this.outcome = outcome
    this.resend = resend
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000)
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** No reply before the deadline. */
export class CommandTimeoutError extends UnansweredError {
  static override readonly className: string = 'CommandTimeoutError'
  constructor(facts: UnansweredFacts) {
    const { attempts, elapsedMs } = facts
    const happened = (command: string) =>
      `No reply to ${command} arrived within ${Math.round(elapsedMs)} ms${attempts === 0 ? '' : ` (sent ${times(attempts)})`}`
    super('command-timeout', facts, happened)
  }
}

/** The login was lost while a command was in flight that may not be sent again (W7). */
export class ConnectionLostError extends UnansweredError {
  static override readonly className: string = 'ConnectionLostError'
  constructor(facts: UnansweredFacts) {
    super('connection-lost', facts, (command) => `The connection was lost before ${command} was answered`)
  }
}

/**
 * Whether a command failed because no reply arrived, before the deadline or before the login was lost. Checks `code`,
 * because a class can exist in two copies.
 */
export function isNoReply(error: unknown): error is CommandTimeoutError | ConnectionLostError {
  const code = codeOf(error)
  return code === 'command-timeout' || code === 'connection-lost'
}

/** The client was closed before the reply came. */
export class ClosedError extends RconCommandError {
  static override readonly className: string = 'ClosedError'
  readonly outcome: Outcome

  constructor(facts: Pick<UnansweredFacts, 'command' | 'outcome' | 'resend'>) {
    const { outcome, resend = false } = facts
    super('closed', facts.command, (command) =>
      outcome === 'not-sent'
        ? `The client is closed, so ${command} was not carried out; call connect() to open it again`
        : `The client was closed before ${command} was answered; ${outcomeText(outcome, resend)}`,
    )
    this.outcome = outcome
  }
}

/** The client is not connected. */
export class NotConnectedError extends RconCommandError {
  static override readonly className: string = 'NotConnectedError'
  constructor(facts: { readonly command: string }) {
    super(
      'not-connected',
      facts.command,
      (command) => `The client is not connected, so ${command} was not carried out; call connect() first`,
    )
  }
}

/** The reply exceeded the size limit. */
export class ReplyTooLargeError extends RconCommandError {
  static override readonly className: string = 'ReplyTooLargeError'
  constructor(facts: { readonly command: string }) {
    super(
      'reply-too-large',
      facts.command,
      (command) =>
        `The reply to ${command} is longer than the client accepts; raise maxReplyBytes or maxPartsBytes`,
    )
  }
}

const SHOWN_REPLY = 80

function rowsText(count: number): string {
  if (count === 0) return 'none of its rows could be read'
  return `"rows" of this error has ${count === 1 ? 'the row' : `the ${count} rows`} that could be read`
}

function shownReply(reply: string): string {
  if (reply === '') return 'it is empty'
  if (reply.length <= SHOWN_REPLY) return JSON.stringify(reply)
  return `${reply.length} characters that start with ${JSON.stringify(reply.slice(0, SHOWN_REPLY))}`
}

const PROBLEMS: Readonly<Record<ListProblem, string>> = {
  'cut-short': 'its last line is missing',
  'wrong-total': 'its last line counts a different number of rows',
  'unreadable-row': 'one of its rows cannot be read',
  'number-twice': 'two of its rows have the same number',
}

/** The facts about an unexpected reply. */
export interface UnexpectedReplyFacts {
  readonly command: string
  readonly reply: string
  /** What is wrong with a list that was requested twice. */
  readonly problem?: ListProblem | undefined
  /** The readable rows of that list. */
  readonly rows?: readonly (PlayerRow | BanRow | AdminRow)[] | undefined
}

/** The reply is not what the command returns: something else, or an incomplete list. */
export class UnexpectedReplyError extends RconCommandError {
  static override readonly className: string = 'UnexpectedReplyError'
  /** The text of the reply, of the second one if a list was requested twice. */
  readonly reply: string
  /** What is wrong with a list; `undefined` if the reply is not a list. */
  readonly problem: ListProblem | undefined
  /** The readable rows of an incomplete list; some may be forged. */
  readonly rows: readonly (PlayerRow | BanRow | AdminRow)[] | undefined

  constructor(facts: UnexpectedReplyFacts) {
    const { reply, problem, rows } = facts
    const wrong =
      problem === undefined
        ? `is not what that command returns: ${shownReply(reply)}`
        : `is a damaged list, for the second time: ${PROBLEMS[problem]}; ${rowsText(rows?.length ?? 0)}`
    super('unexpected-reply', facts.command, (command) => `The reply to ${command} ${wrong}`)
    this.reply = reply
    this.problem = problem
    this.rows = rows
  }
}

/** A command was executed, but its reply is incomplete; the received part is not returned as the reply. */
export class IncompleteReplyError extends RconCommandError {
  static override readonly className: string = 'IncompleteReplyError'
  /** How often the command was sent. */
  readonly attempts: number
  /** From the call, in ms. */
  readonly elapsedMs: number

  constructor(facts: { readonly command: string; readonly attempts: number; readonly elapsedMs: number }) {
    const { attempts, elapsedMs } = facts
    super(
      'incomplete-reply',
      facts.command,
      (command) =>
        `${command} was executed, but its reply is still incomplete after ${Math.round(elapsedMs)} ms; ` +
        'if it only reads, send it again, or allow it more time with timeoutMs',
    )
    this.attempts = attempts
    this.elapsedMs = elapsedMs
  }
}

// Calls that carry no command to the server.
const OWN_CALLS: readonly string[] = ['connect', 'poll']

/** The worker thread of a blocking client failed, because of a defect or lack of memory. */
export class WorkerFailedError extends RconCommandError {
  static override readonly className: string = 'WorkerFailedError'
  readonly outcome: Outcome
  /** What is known about the cause. */
  readonly detail: string

  constructor(facts: Pick<UnansweredFacts, 'command' | 'outcome' | 'resend'> & { readonly detail: string }) {
    const { outcome, detail, resend = false } = facts
    const known = OWN_CALLS.includes(facts.command) ? '' : `${outcomeText(outcome, resend)}; `
    super(
      'worker-failure',
      facts.command,
      (command) =>
        `The client's worker thread failed during ${command} (${detail}); ${known}call connect() to start another worker`,
    )
    this.outcome = outcome
    this.detail = detail
  }
}
