import { encodeText } from '@bercon/protocol'
import { type CancelSignal, whenAborted } from '../cancel-signal.js'
import {
  ClosedError,
  CommandTimeoutError,
  ConnectionLostError,
  ReplyTooLargeError,
  type UnansweredFacts,
} from '../errors/command-errors.js'
import { IncompleteReplyError } from '../errors/incomplete-reply-error.js'
import type { Request } from '../steps.js'
import type { SessionFailure } from './dialect.js'
import type { Login } from './login.js'

/** A request from the call to its reply or error, over as many logins as it takes. */
export interface Exchange {
  readonly request: Request
  readonly bytes: Uint8Array
  readonly askedAt: number
  readonly deadline: number
  resolve: (reply: string) => void
  reject: (error: unknown) => void
  /** The login that has it, and what it is known by there. */
  login: Login
  id: number
  /** Sendings in earlier logins. */
  attempts: number
  /** The last reply that was joined from two executions and does not state its own total. */
  mixedReply: string | undefined
}

/** Gives a request to a login; `resolve` or `reject` is called when that or a later one has its reply or error. */
export function beginExchange(
  request: Request,
  signal: CancelSignal | undefined,
  timeoutMs: number,
  now: number,
  login: Login,
  resolve: (reply: string) => void,
  reject: (error: unknown) => void,
): void {
  const exchange: Exchange = {
    request,
    bytes: encodeText(request.text),
    askedAt: now,
    deadline: now + timeoutMs,
    resolve,
    reject,
    login,
    id: 0,
    attempts: 0,
    mixedReply: undefined,
  }
  if (signal === undefined) login.add(exchange, now)
  else addAbortable(exchange, signal, now)
}

function addAbortable(exchange: Exchange, signal: CancelSignal, now: number): void {
  if (signal.aborted) throw signal.reason
  const { resolve, reject } = exchange
  const stopListening = whenAborted(signal, (reason) => {
    reject(reason)
    exchange.login.cancel(exchange)
  })
  exchange.resolve = (reply) => {
    stopListening()
    resolve(reply)
  }
  exchange.reject = (error) => {
    stopListening()
    reject(error)
  }
  try {
    exchange.login.add(exchange, now)
  } catch (error) {
    stopListening()
    throw error
  }
}

/**
 * Whether a reply that was joined from two executions is asked for again. The reader of one with a total of its own
 * notices what does not belong together; of the others, two alike in a row are taken.
 */
export function asksAgain(exchange: Exchange, reply: string): boolean {
  if (exchange.request.hasTotal === true || exchange.mixedReply === reply) return false
  exchange.mixedReply = reply
  return true
}

/** Whether the next login can carry out what one failed: it was never sent, or may be repeated (W7). */
export function survives(exchange: Exchange, failure: SessionFailure): boolean {
  const isBreak = failure.reason === 'forgotten' || failure.reason === 'login-timed-out'
  return isBreak && (exchange.request.resend || failure.outcome === 'not-sent')
}

/** The error of a request that got no reply. */
export function failureError(exchange: Exchange, failure: SessionFailure, now: number): Error {
  const attempts = exchange.attempts + failure.attempts
  const facts: UnansweredFacts = {
    command: exchange.request.text,
    resend: exchange.request.resend,
    attempts,
    elapsedMs: now - exchange.askedAt,
    outcome: outcomeOf(exchange, failure, attempts),
  }
  switch (failure.reason) {
    case 'timed-out':
      return new CommandTimeoutError(facts)
    case 'incomplete':
      return new IncompleteReplyError(facts)
    case 'reply-too-large':
      return new ReplyTooLargeError(facts)
    case 'forgotten':
    case 'login-timed-out':
      return new ConnectionLostError(facts)
    default:
      return new ClosedError(facts)
  }
}

function outcomeOf(
  { mixedReply }: Exchange,
  { outcome }: SessionFailure,
  attempts: number,
): SessionFailure['outcome'] {
  if (mixedReply !== undefined) return 'executed'
  // Not sent in this login, but perhaps in an earlier one.
  return outcome === 'not-sent' && attempts > 0 ? 'unknown' : outcome
}
