import {
  type AnyConnection,
  type CallOptions,
  ClosedError,
  CONNECTION_DEFAULTS,
  type CommandRequest,
  type ConnectionEvent,
  type ConnectionOptions,
  type ConnectionState,
  type ConnectionStatistics,
  codeOf,
  type ErrorData,
  errorFromData,
  errorToData,
  idleStatistics,
  type LoginRefusedError,
  NotConnectedError,
  type Target,
  unshownArgument,
  WorkerFailedError,
} from '@bercon/core'
import { type Answer, type Call, callName } from '../call.js'
import { ConnectionThread, type ThreadOptions } from './connection-thread.js'

/** What a connection counts, and what its worker had to give up. */
export interface SyncStatistics extends ConnectionStatistics {
  /** Events that went because nobody took them: `maxQueuedEvents`. */
  readonly lostEvents: number
}

/** The longest that calls without a deadline of their own can take. */
interface Limits {
  readonly loginMs: number
  readonly resendMs: number
  readonly onceMs: number
}

type Above = (...values: never[]) => unknown

// Looking a name up has no limit of its own; this is beyond what systems take with several dead name servers.
const LOOKUP_MS = 120_000

/**
 * A connection in another thread, whose calls block. What it shows is as of the last of them, and what happens on it is
 * told in the caller's thread, during its calls.
 */
export class BlockingConnection implements AnyConnection {
  readonly #options: ThreadOptions
  readonly #onLost: (lost: number) => void
  readonly #listeners = new Set<(event: ConnectionEvent) => void>()
  readonly #limits: Limits
  #thread: ConnectionThread | undefined
  #state: ConnectionState = 'idle'
  #statistics: SyncStatistics = { ...idleStatistics(), lostEvents: 0 }
  #ended: { readonly reason: ErrorData | undefined } | undefined
  #refusal: LoginRefusedError | undefined
  #pending: readonly ConnectionEvent[] = []
  #next = 0
  #isTelling = false

  /** @param onLost is told how many events are missing before the next. */
  constructor(options: ThreadOptions, onLost: (lost: number) => void) {
    this.#options = options
    this.#onLost = onLost
    this.#limits = limitsOf(options.connection)
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** As of now, which takes a call; as of the last one when there is no connection. */
  get statistics(): SyncStatistics {
    try {
      if (this.#thread !== undefined) this.#call({ type: 'look' }, false, 0)
    } catch {
      // The worker failed: the next call says so.
    }
    return this.#statistics
  }

  get refusal(): LoginRefusedError | undefined {
    return this.#refusal
  }

  get ended(): { readonly reason: Error | undefined } | undefined {
    const ended = this.#ended
    return ended && { reason: ended.reason && errorFromData(ended.reason) }
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts the thread, and logs in; a login that fails leaves no thread behind. */
  open(target: Target): void {
    checkPlain(target)
    if (this.#ended !== undefined) throw this.endedError('connect')
    this.#thread ??= new ConnectionThread(this.#options)
    try {
      this.#ask({ type: 'open', target }, this.#limits.loginMs, this.open)
      this.#refusal = undefined
    } catch (error) {
      this.#refusal = refusalIn(error)
      throw error
    } finally {
      if (this.#state === 'idle' || this.#state === 'refused') this.#endThread()
    }
  }

  exchange(request: CommandRequest, { timeoutMs }: CallOptions = {}): string {
    const { text, resend, verifyEnd, hasTotal } = request
    checkPlain({ text, resend, verifyEnd, hasTotal, timeoutMs })
    const limitMs = timeoutMs ?? (resend ? this.#limits.resendMs : this.#limits.onceMs)
    return this.#ask(
      { type: 'exchange', text, resend, verifyEnd, hasTotal, timeoutMs },
      limitMs,
      this.exchange,
    )
  }

  /** Tells all that has come; when nothing has, waits for something. Gives the number of events. */
  poll(waitMs: number): number {
    const told = this.#tellAll()
    this.#fetch(told === 0 ? waitMs : 0)
    return told + this.#tellAll()
  }

  /**
   * Tells the next event, and waits for it if need be; `over` when there is no connection.
   *
   * @throws what ended the connection, when that was not `close()`.
   */
  advance(waitMs: number): 'told' | 'nothing' | 'over' {
    if (this.#tellNext()) return 'told'
    if (this.#ended?.reason !== undefined) throw errorFromData(this.#ended.reason)
    if (this.#thread === undefined) return 'over'
    this.#fetch(waitMs)
    return this.#tellNext() ? 'told' : 'nothing'
  }

  /** Ends the connection and the thread. */
  close(): void {
    try {
      if (this.#thread !== undefined) this.#call({ type: 'close' }, true, 0)
    } catch {
      // The worker failed, which `ended` says; it is over all the same.
    }
    this.#end(undefined)
    if (!this.#isTelling) this.#tellAll()
  }

  /** Why nothing can be asked. */
  endedError(command: string): Error {
    if (this.#ended === undefined) return new NotConnectedError({ command })
    const { reason } = this.#ended
    if (reason === undefined) return new ClosedError({ command, outcome: 'not-sent' })
    if (reason.code !== 'worker-failure') return errorFromData(reason)
    // It also says what it stopped, which is another command by now.
    const { detail } = reason.facts
    return new WorkerFailedError({ command, outcome: 'not-sent', detail: String(detail) })
  }

  #fetch(waitMs: number): void {
    if (this.#thread !== undefined) this.#call({ type: 'poll', waitMs }, true, waitMs)
  }

  /** Everything that has come is told before a call returns, so that the cache is up to date. */
  #ask(call: Call, limitMs: number, above: Above): string {
    // For a call in a listener that has to wait, or listeners would be called within listeners without end.
    const isTelling = this.#isTelling
    if (!isTelling) this.#tellAll()
    const answer = this.#call(call, !isTelling, limitMs)
    if (!isTelling) this.#tellAll()
    if ('reply' in answer) return answer.reply
    const error = errorFromData(answer.error)
    Error.captureStackTrace(error, above)
    throw error
  }

  #call(call: Call, takesEvents: boolean, limitMs: number): Answer {
    const thread = this.#thread
    if (thread === undefined) throw this.endedError(callName(call))
    try {
      const answer = thread.ask(call, takesEvents, limitMs)
      this.#note(answer)
      return answer
    } catch (error) {
      this.#end(errorToData(error))
      throw error
    }
  }

  #note({ state, statistics, lostEvents, events, ended }: Answer): void {
    const lost = lostEvents - this.#statistics.lostEvents
    this.#state = state
    if (statistics !== undefined || lost > 0)
      this.#statistics = { ...this.#statistics, ...statistics, lostEvents }
    if (events.length > 0) {
      this.#pending = [...this.#pending.slice(this.#next), ...events]
      this.#next = 0
    }
    if (ended !== undefined) this.#end(ended.reason)
    if (lost > 0) this.#onLost(lost)
  }

  #end(reason: ErrorData | undefined): void {
    this.#state = 'closed'
    this.#ended ??= { reason }
    if (reason?.code === 'login-refused') this.#refusal ??= refusalIn(errorFromData(reason))
    this.#endThread()
  }

  #endThread(): void {
    this.#thread?.end()
    this.#thread = undefined
  }

  #tellAll(): number {
    let told = 0
    while (this.#tellNext()) told++
    return told
  }

  #tellNext(): boolean {
    const event = this.#pending[this.#next]
    if (event === undefined) return false
    this.#next++
    const isTelling = this.#isTelling
    this.#isTelling = true
    try {
      for (const listener of this.#listeners) listener(event)
    } finally {
      this.#isTelling = isTelling
    }
    return true
  }
}

function limitsOf(options: Partial<ConnectionOptions>): Limits {
  const { loginTimeoutMs, resentCommandTimeoutMs, sentOnceCommandTimeoutMs } = CONNECTION_DEFAULTS
  return {
    loginMs: (options.loginTimeoutMs ?? loginTimeoutMs) + LOOKUP_MS,
    resendMs: options.resentCommandTimeoutMs ?? resentCommandTimeoutMs,
    onceMs: options.sentOnceCommandTimeoutMs ?? sentOnceCommandTimeoutMs,
  }
}

/** By `code`, because there can be two copies of a class. */
function refusalIn(error: unknown): LoginRefusedError | undefined {
  return codeOf(error) === 'login-refused' ? (error as LoginRefusedError) : undefined
}

const PLAIN = ['string', 'number', 'boolean', 'undefined']

/**
 * Refuses what cannot cross to another thread, where all else about the values is checked.
 *
 * @throws {@link InvalidArgumentError} naming the value, which is not shown: it may be a password.
 */
function checkPlain(values: object): void {
  for (const [name, value] of Object.entries(values))
    if (!PLAIN.includes(typeof value)) throw unshownArgument(name, value, 'a text or a number')
}
