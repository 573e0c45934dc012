import { type ClientEvent, encodeText } from '@bercon/protocol'
import { whenAborted } from '../cancel-signal.js'
import {
  ClosedError,
  CommandTimeoutError,
  ConnectionLostError,
  ReplyTooLargeError,
  type UnansweredFacts,
} from '../errors/command-errors.js'
import type { Request } from '../steps.js'
import type { CallOptions } from './connection.js'
import type { Login } from './login.js'

/** A request from the call to its reply or error, over as many logins as it takes. */
export interface Exchange {
  readonly request: Request
  readonly bytes: Uint8Array
  readonly askedAt: number
  readonly deadline: number
  readonly resolve: (reply: string) => void
  readonly reject: (error: unknown) => void
  /** The login that has it, and what it is known by there. */
  login: Login
  id: number
  /** Sendings in earlier logins. */
  attempts: number
}

/** Gives a request to a login; the promise settles when that or a later one has its reply or error. */
export function beginExchange(
  request: Request,
  options: CallOptions,
  timeoutMs: number,
  now: number,
  login: Login,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let stopListening = () => {}
    const exchange: Exchange = {
      request,
      bytes: encodeText(request.text),
      askedAt: now,
      deadline: now + timeoutMs,
      resolve: (reply) => {
        stopListening()
        resolve(reply)
      },
      reject: (error) => {
        stopListening()
        reject(error)
      },
      login,
      id: 0,
      attempts: 0,
    }
    if (options.signal?.aborted) throw options.signal.reason
    login.add(exchange)
    stopListening = whenAborted(options.signal, (reason) => {
      reject(reason)
      exchange.login.cancel(exchange)
    })
  })
}

/** A request that a login failed. */
export type Failure = Extract<ClientEvent, { type: 'failure' }>

/** Whether the next login can carry out what one failed: it was never sent, or may be repeated (W7). */
export function survives(exchange: Exchange, failure: Failure): boolean {
  const isBreak = failure.reason === 'forgotten' || failure.reason === 'login-timed-out'
  return isBreak && (exchange.request.resend || failure.outcome === 'not-sent')
}

/** The error of a request that got no reply. */
export function failureError(exchange: Exchange, failure: Failure, now: number): Error {
  const attempts = exchange.attempts + failure.attempts
  const facts: UnansweredFacts = {
    command: exchange.request.text,
    attempts,
    elapsedMs: now - exchange.askedAt,
    // Not sent in this login, but perhaps in an earlier one.
    outcome: failure.outcome === 'not-sent' && attempts > 0 ? 'unknown' : failure.outcome,
  }
  switch (failure.reason) {
    case 'timed-out':
      return new CommandTimeoutError(facts)
    case 'reply-too-large':
      return new ReplyTooLargeError(facts)
    case 'forgotten':
    case 'login-timed-out':
      return new ConnectionLostError(facts)
    default:
      return new ClosedError(facts)
  }
}
