import {
  type CallOptions,
  ClosedError,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStatistics,
  codeOf,
  type LoginRefusedError,
  NotConnectedError,
  type Target,
  WorkerFailedError,
} from '@bercon/core'
import {
  type AnyConnection,
  addStatistics,
  type CommandRequest,
  type ErrorData,
  errorFromData,
  errorToData,
  idleStatistics,
  unshownArgument,
} from '@bercon/core/kit'
import type { HostMessage } from '@bercon/remote/wire'
import { type Call, callName } from '../call.js'
import { type CallLimits, callLimits } from './call-limits.js'
import { ConnectionThread, type ThreadOptions } from './connection-thread.js'

/** The statistics of a connection, and the events its worker dropped. */
export interface SyncStatistics extends ConnectionStatistics {
  /** Events dropped because they were not read in time: see `maxQueuedEvents`. */
  readonly lostEvents: number
}

type Answer = Extract<HostMessage, { readonly type: 'answer' }>
type Above = (...values: never[]) => unknown

/**
 * A connection in another thread, whose calls block. Its state is as of the last call, and its events are delivered in
 * the caller's thread, during calls.
 */
export class BlockingConnection implements AnyConnection {
  readonly #options: ThreadOptions
  readonly #onLost: (lost: number) => void
  readonly #listeners = new Set<(event: ConnectionEvent) => void>()
  readonly #limits: CallLimits
  #thread: ConnectionThread | undefined
  #state: ConnectionState = 'idle'
  #life = 0
  #statistics: SyncStatistics = { ...idleStatistics(), lostEvents: 0 }
  // What the threads before the present one have counted.
  #earlier: SyncStatistics = this.#statistics
  #ended: { readonly reason: ErrorData | undefined } | undefined
  #refusal: LoginRefusedError | undefined
  #pending: readonly ConnectionEvent[] = []
  #next = 0
  #isTelling = false

  /** @param onLost is called with the number of events missing before the next. */
  constructor(options: ThreadOptions, onLost: (lost: number) => void) {
    this.#options = options
    this.#onLost = onLost
    this.#limits = callLimits(options.connection)
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Current, which takes a call; as of the last call if there is no connection. */
  get statistics(): SyncStatistics {
    try {
      if (this.#thread !== undefined) this.#call({ type: 'look' }, false, 0)
    } catch {
      // The worker failed: the next call says so.
    }
    return this.#total()
  }

  /** How often it was opened again after its end. */
  get life(): number {
    return this.#life
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

  /** Starts the thread, and logs in; a failed login leaves no thread behind. */
  open(target: Target): void {
    checkPlain(target)
    if (this.#ended !== undefined) this.#life++
    this.#ended = undefined
    this.#thread ??= this.#newThread()
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
    const call = { type: 'exchange', text, resend, verifyEnd, hasTotal, timeoutMs: limitMs } as const
    return this.#ask(call, limitMs, this.exchange)
  }

  /** Delivers all waiting events; if there are none, waits for one. Returns the number of events. */
  poll(waitMs: number): number {
    const delivered = this.#deliverAll()
    this.#fetch(delivered === 0 ? waitMs : 0)
    return delivered + this.#deliverAll()
  }

  /**
   * Delivers the next event, and waits for it if necessary; returns `over` if there is no connection.
   *
   * @throws the error that ended the connection, unless that was `close()`.
   */
  advance(waitMs: number): 'delivered' | 'idle' | 'over' {
    if (this.#deliverNext()) return 'delivered'
    if (this.#ended?.reason !== undefined) throw errorFromData(this.#ended.reason)
    if (this.#thread === undefined) return 'over'
    this.#fetch(waitMs)
    return this.#deliverNext() ? 'delivered' : 'idle'
  }

  /** Closes the connection and ends the thread. */
  close(): void {
    const life = this.#life
    try {
      if (this.#thread !== undefined) this.#call({ type: 'close' }, true, 0)
    } catch {
      // The worker failed, which `ended` shows; the connection is closed either way.
    }
    // A listener of the lost events may have opened it again.
    if (life === this.#life) this.#end(undefined)
    if (!this.#isTelling) this.#deliverAll()
  }

  /** The reason why no call is possible. */
  endedError(command: string): Error {
    if (this.#ended === undefined) return new NotConnectedError({ command })
    const { reason } = this.#ended
    if (reason === undefined) return new ClosedError({ command, outcome: 'not-sent' })
    if (reason.code !== 'worker-failure') return errorFromData(reason)
    // It also names the command it stopped, which is another one by now.
    const { detail } = reason.facts
    return new WorkerFailedError({ command, outcome: 'not-sent', detail: String(detail) })
  }

  #fetch(waitMs: number): void {
    if (this.#thread !== undefined) this.#call({ type: 'poll', waitMs }, true, waitMs)
  }

  /** Delivers every waiting event before a call returns, so that the cache is up to date. */
  #ask(call: Call, limitMs: number, above: Above): string {
    // A call in a listener has to wait; otherwise listeners would call listeners without end.
    const isTelling = this.#isTelling
    if (!isTelling) this.#deliverAll()
    const answer = this.#call(call, !isTelling, limitMs)
    if (!isTelling) this.#deliverAll()
    if (answer === undefined) return ''
    if ('reply' in answer) return answer.reply
    const error = errorFromData(answer.error)
    Error.captureStackTrace(error, above)
    throw error
  }

  #call(call: Call, takesEvents: boolean, limitMs: number): Answer | undefined {
    const thread = this.#thread
    if (thread === undefined) throw this.endedError(callName(call))
    try {
      return this.#note(thread.ask(call, takesEvents, limitMs))
    } catch (error) {
      this.#end(errorToData(error))
      throw error
    }
  }

  /** Notes what the worker says; returns its answer. */
  #note(messages: readonly HostMessage[]): Answer | undefined {
    const events: ConnectionEvent[] = []
    let answer: Answer | undefined
    let lost = 0
    for (const message of messages) {
      if (message.type === 'answer') answer = message
      if (message.type === 'state') this.#noteState(message)
      if (message.type !== 'event') continue
      events.push(message.event)
      if (message.event.type === 'eventsDropped') lost += message.event.count
    }
    if (events.length > 0) {
      this.#pending = [...this.#pending.slice(this.#next), ...events]
      this.#next = 0
    }
    if (lost > 0) {
      this.#statistics = { ...this.#statistics, lostEvents: this.#statistics.lostEvents + lost }
      this.#onLost(lost)
    }
    return answer
  }

  #noteState({ state, statistics, refusal }: Extract<HostMessage, { readonly type: 'state' }>): void {
    const { lostEvents } = this.#statistics
    this.#state = state
    this.#statistics = { ...statistics, lostEvents }
    if (state === 'closed') this.#end(refusal)
  }

  #end(reason: ErrorData | undefined): void {
    this.#state = 'closed'
    this.#ended ??= { reason }
    if (reason?.code === 'login-refused') this.#refusal ??= refusalIn(errorFromData(reason))
    this.#endThread()
  }

  #newThread(): ConnectionThread {
    this.#earlier = this.#total()
    this.#statistics = { ...idleStatistics(), lostEvents: 0 }
    return new ConnectionThread(this.#options)
  }

  #total(): SyncStatistics {
    const lostEvents = this.#statistics.lostEvents + this.#earlier.lostEvents
    return { ...addStatistics(this.#statistics, this.#earlier), lostEvents }
  }

  #endThread(): void {
    this.#thread?.end()
    this.#thread = undefined
  }

  #deliverAll(): number {
    let delivered = 0
    while (this.#deliverNext()) delivered++
    return delivered
  }

  #deliverNext(): boolean {
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

/** By `code`, because there can be two copies of a class. */
function refusalIn(error: unknown): LoginRefusedError | undefined {
  return codeOf(error) === 'login-refused' ? (error as LoginRefusedError) : undefined
}

const PLAIN = ['string', 'number', 'boolean', 'undefined']

/**
 * Refuses values that cannot cross to another thread, where all other checks take place.
 *
 * @throws {@link InvalidArgumentError} naming the argument; its value is not shown, because it may be a password.
 */
function checkPlain(values: object): void {
  for (const [name, value] of Object.entries(values))
    if (!PLAIN.includes(typeof value)) throw unshownArgument(name, value, 'a string or a number')
}
