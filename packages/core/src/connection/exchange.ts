import { ANY_DURATION, checkNumber, encodeText } from '@bercon/protocol'
import { type CancelSignal, checkSignal, whenAborted } from '../cancel-signal.js'
import {
  ClosedError,
  CommandTimeoutError,
  ConnectionLostError,
  IncompleteReplyError,
  ReplyTooLargeError,
  type UnansweredFacts,
} from '../errors/command-errors.js'
import { type Command, type CommandRequest, readReply } from '../steps.js'
import type { CallOptions } from './connection.js'
import type { ConnectionOptions } from './connection-options.js'
import type { SessionFailure } from './dialect.js'

// A promise calls the function that it is created with at once, so one function serves all.
let lastResolve: (reply: string | PromiseLike<string>) => void
let lastReject: (error: unknown) => void
const takeHandles = (resolve: typeof lastResolve, reject: typeof lastReject): void => {
  lastResolve = resolve
  lastReject = reject
}

/** A request from the call to its reply or error, over any number of logins. */
export class Exchange {
  readonly request: CommandRequest
  readonly askedAt: number
  readonly deadline: number
  readonly promise: Promise<string>
  /** If set, the promise resolves with what this makes of the reply instead of with its text. */
  command: Command<unknown> | undefined
  /** Its id in the session that holds it, from 1. */
  id = 0
  /** Number of sendings in earlier logins. */
  attempts = 0
  /** The last reply joined from two executions, for a command without a total. */
  mixedReply: string | undefined
  #state: 'waiting' | 'settled' = 'waiting'
  readonly #resolve: (reply: string | PromiseLike<string>) => void
  readonly #reject: (error: unknown) => void
  #stopListening: (() => void) | undefined

  constructor(request: CommandRequest, now: number, timeoutMs: number) {
    this.request = request
    this.askedAt = now
    this.deadline = now + timeoutMs
    this.promise = new Promise(takeHandles)
    this.#resolve = lastResolve
    this.#reject = lastReject
  }

  /** The text as UTF-8. */
  get bytes(): Uint8Array {
    return encodeText(this.request.text)
  }

  /** `settled` once it has a reply or an error. */
  get state(): 'waiting' | 'settled' {
    return this.#state
  }

  /** Rejects it with the signal's reason once that is aborted, and calls `onAbort`. */
  endWith(signal: CancelSignal | undefined, onAbort: () => void): void {
    if (signal === undefined) return
    this.#stopListening = whenAborted(signal, (reason) => {
      this.reject(reason)
      onAbort()
    })
  }

  /** Fulfills the promise with the reply, or with what its command reads from it. */
  resolve(reply: string): void {
    this.#settle()
    const { command } = this
    if (command === undefined) this.#resolve(reply)
    else this.#resolveWith(command, reply)
  }

  /** Rejects the promise. */
  reject(error: unknown): void {
    this.#settle()
    this.#reject(error)
  }

  #resolveWith(command: Command<unknown>, reply: string): void {
    let result: unknown
    try {
      result = readReply(command, reply)
    } catch {
      result = readAgain(command, reply)
    }
    this.#resolve(result as string)
  }

  #settle(): void {
    this.#state = 'settled'
    this.#stopListening?.()
  }
}

/** What decides the error of a request that got no reply. */
type FailureFacts = Pick<SessionFailure, 'reason' | 'outcome' | 'attempts'>

// The stack of an error that is thrown here includes the caller that awaits the command; that of the pump does not.
async function readAgain(command: Command<unknown>, reply: string): Promise<unknown> {
  // One turn for the promise that is resolved with this one to follow it, and one to be seen from here.
  await undefined
  await undefined
  return readReply(command, reply)
}

/**
 * Creates a request, with the deadline of the call or of the connection's options.
 *
 * @throws {@link InvalidArgumentError} for a bad `timeoutMs` or `signal`; the reason of a signal that is already
 * aborted.
 */
export function newExchange(
  request: CommandRequest,
  now: number,
  { timeoutMs, signal }: CallOptions,
  {
    resentCommandTimeoutMs,
    sentOnceCommandTimeoutMs,
  }: Pick<ConnectionOptions, 'resentCommandTimeoutMs' | 'sentOnceCommandTimeoutMs'>,
): Exchange {
  const waitMs = timeoutMs ?? (request.resend ? resentCommandTimeoutMs : sentOnceCommandTimeoutMs)
  // Options of the connection are checked already.
  if (waitMs === timeoutMs) checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
  checkSignal(signal)
  if (signal?.aborted) throw signal.reason
  return new Exchange(request, now, waitMs)
}

/**
 * Whether to request a reply again that was joined from two executions. If it has its own total, its parser detects a
 * mismatch; otherwise it is accepted when two in a row are the same.
 */
export function asksAgain(exchange: Exchange, reply: string): boolean {
  if (exchange.request.hasTotal === true || exchange.mixedReply === reply) return false
  exchange.mixedReply = reply
  return true
}

/** Whether the next login can retry what this one failed: it was never sent, or may be executed twice (W7). */
export function survives(exchange: Exchange, failure: FailureFacts): boolean {
  const isBreak = failure.reason === 'forgotten' || failure.reason === 'login-timed-out'
  return isBreak && (exchange.request.resend || failure.outcome === 'not-sent')
}

/** The error of a request without a reply. `attempts` of the exchange counts earlier logins. */
export function failureError(exchange: Exchange, failure: FailureFacts, now: number): Error {
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
  { outcome }: FailureFacts,
  attempts: number,
): SessionFailure['outcome'] {
  if (mixedReply !== undefined) return 'executed'
  // Not sent in this login, but possibly in an earlier one.
  return outcome === 'not-sent' && attempts > 0 ? 'unknown' : outcome
}
