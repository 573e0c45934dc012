import {
  type CallOptions,
  type ClientClock,
  ClosedError,
  CONNECTION_DEFAULTS,
  CommandTimeoutError,
  ConnectionLostError,
  codeOf,
  InvalidArgumentError,
} from '@bercon/client'
import { ANY_DURATION, Cancellation, type CommandRequest, checkNumber } from '@bercon/core/kit'
import type { Bus, BusReply } from '../bus.js'
import { commandText, readAnswer } from '../wire/command-message.js'
import type { Subjects } from '../wire/subjects.js'

/** What happens to a command for a server that nobody owns: it fails at once, or waits for an owner until its deadline. */
export type WhenUnowned = 'fail' | 'wait'

/** What exchanges need of their directory. */
export interface FleetExchangeParts {
  readonly bus: Bus
  readonly clock: ClientClock
  readonly subjects: Subjects
  readonly user: string
  readonly whenUnowned: WhenUnowned
}

/** Where a command goes: to the owner, who may change. */
export interface CommandRoute {
  readonly owner: { readonly epoch: number } | undefined
  /** Calls the listener when there is another owner, or one again; returns what ends that. */
  onOwner(listener: () => void): () => void
  /** The owner of that epoch is not there, or serves no more: others need not ask it before its next report. */
  forget(epoch: number): void
  /** Aborted when the connection is closed. */
  readonly end: Cancellation
}

// An owner that has lost the server still has the time to answer what it has sent.
const LAST_ANSWER_MS = 1_000
const MIN_PATIENCE_MS = 6_000
// The owner gives up a little earlier than the caller, so that its error, which knows more, comes in time.
const [MARGIN_SHARE, MAX_MARGIN_MS] = [0.1, 250]

/** One command from the call to its end. */
interface Call {
  readonly request: CommandRequest
  readonly begun: number
  readonly deadline: number
  readonly signal: CallOptions['signal']
  attempts: number
  /** Whether it may have reached an owner. */
  outcome: 'not-sent' | 'unknown'
}

type Next = { readonly text: string } | { readonly error: unknown } | 'again'

/** Sends commands to the owner of a server, and to the next one where the last has certainly not executed them. */
export class FleetExchange {
  readonly #name: string
  readonly #route: CommandRoute
  readonly #parts: FleetExchangeParts

  constructor(name: string, route: CommandRoute, parts: FleetExchangeParts) {
    this.#name = name
    this.#route = route
    this.#parts = parts
  }

  /** @throws {@link InvalidArgumentError} for a bad `timeoutMs`. */
  async run(request: CommandRequest, { timeoutMs, signal }: CallOptions): Promise<string> {
    const { resentCommandTimeoutMs, sentOnceCommandTimeoutMs } = CONNECTION_DEFAULTS
    const patienceMs = timeoutMs ?? (request.resend ? resentCommandTimeoutMs : sentOnceCommandTimeoutMs)
    checkNumber('timeoutMs', patienceMs, ANY_DURATION)
    if (request.text.length > 4_096)
      throw new InvalidArgumentError('text', request.text.slice(0, 80), 'at most 4096 characters')
    const begun = this.#parts.clock.now()
    const deadline = begun + patienceMs
    const call: Call = { request, begun, deadline, signal, attempts: 0, outcome: 'not-sent' }
    for (;;) {
      this.#check(call)
      const next = await this.#try(call)
      if (next === 'again') continue
      if ('error' in next) throw next.error
      return next.text
    }
  }

  /** @throws when the call is over. */
  #check(call: Call): void {
    if (call.signal?.aborted) throw call.signal.reason
    const { text: command, resend } = call.request
    if (this.#route.end.aborted) throw new ClosedError({ command, outcome: call.outcome, resend })
    if (this.#left(call) <= 0) throw new CommandTimeoutError(this.#facts(call))
  }

  async #try(call: Call): Promise<Next> {
    const { owner } = this.#route
    if (owner === undefined) return this.#awaitOwner(call)
    call.attempts++
    const { reply, isLate } = await this.#ask(call, owner.epoch)
    switch (reply.type) {
      case 'nobody':
        call.attempts--
        return this.#askLater(call, owner.epoch)
      case 'silence':
        call.outcome = 'unknown'
        if (call.request.resend) return 'again'
        this.#check(call)
        return { error: new (isLate ? ConnectionLostError : CommandTimeoutError)(this.#facts(call)) }
      default:
        return this.#read(call, reply.text, owner.epoch)
    }
  }

  async #read(call: Call, text: string, epoch: number): Promise<Next> {
    const answer = readAnswer(text)
    switch (answer?.type) {
      case 'answered':
        return { text: answer.text }
      case 'refused':
        call.attempts--
        return this.#askLater(call, epoch)
      case 'failed':
        if (!call.request.resend || codeOf(answer.error) !== 'connection-lost') return { error: answer.error }
        call.outcome = 'unknown'
        return this.#askLater(call, epoch)
      default:
        call.outcome = 'unknown'
        return { error: new ConnectionLostError(this.#facts(call)) }
    }
  }

  /** Asks one owner; `isLate` when another one has the server since. */
  async #ask(call: Call, epoch: number): Promise<{ readonly reply: BusReply; readonly isLate: boolean }> {
    const { bus, clock, subjects, user } = this.#parts
    const left = this.#left(call)
    const ended = new Cancellation()
    const end = () => ended.abort(undefined)
    let cancelGrace = () => {}
    let isLate = false
    const offOwner = this.#route.onOwner(() => {
      isLate = true
      if (call.request.resend) end()
      else cancelGrace = clock.setTimer(end, LAST_ANSWER_MS)
    })
    call.signal?.addEventListener('abort', end)
    this.#route.end.addEventListener('abort', end)
    const timeoutMs = left - Math.min(left * MARGIN_SHARE, MAX_MARGIN_MS)
    const text = commandText({ epoch, request: call.request, timeoutMs })
    const subject = subjects.command(this.#name, user)
    // What may be executed twice is asked for again before the deadline.
    const patienceMs = call.request.resend ? Math.min(left, Math.max(MIN_PATIENCE_MS, left / 2)) : left
    const reply = await bus.request(subject, text, { timeoutMs: patienceMs, signal: ended })
    offOwner()
    cancelGrace()
    call.signal?.removeEventListener('abort', end)
    this.#route.end.removeEventListener('abort', end)
    return { reply, isLate }
  }

  /**
   * Waits for the next report of an owner. To ask again every now and then would be a storm: when NATS is away, all
   * commands of all servers wait.
   */
  #askLater(call: Call, epoch: number): Promise<Next> {
    this.#route.forget(epoch)
    return this.#awaitOwner(call)
  }

  /** Waits until there is an owner, or the call is over. */
  async #awaitOwner(call: Call): Promise<Next> {
    if (this.#parts.whenUnowned === 'fail') return { error: new ConnectionLostError(this.#facts(call)) }
    await new Promise<void>((resolve) => {
      const done = () => {
        cancel()
        offOwner()
        call.signal?.removeEventListener('abort', done)
        this.#route.end.removeEventListener('abort', done)
        resolve()
      }
      const offOwner = this.#route.onOwner(done)
      const cancel = this.#parts.clock.setTimer(done, Math.max(0, this.#left(call)))
      call.signal?.addEventListener('abort', done)
      this.#route.end.addEventListener('abort', done)
    })
    return 'again'
  }

  #left(call: Call): number {
    return call.deadline - this.#parts.clock.now()
  }

  #facts({ request, attempts, begun, outcome }: Call) {
    const elapsedMs = this.#parts.clock.now() - begun
    return { command: request.text, resend: request.resend, attempts, elapsedMs, outcome } as const
  }
}
