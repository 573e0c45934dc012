import type { ClientClock } from '@bercon/core'
import {
  type Connection,
  type ErrorData,
  type Exchange,
  errorFromData,
  failureError,
  newExchange,
  tooManyBytes,
} from '@bercon/core/kit'
import type { AnswerMessage, ChannelLink } from './channel-link.js'
import type { RemoteSettings } from './remote-options.js'

// How much longer than a command's deadline the host's own answer is waited for: that one knows more.
const GRACE_MS = 1_000

/** Why a command was not sent, by the code of the host's error; `forgotten` for all others. */
const UNSENT: ReadonlyMap<string | undefined, Reason> = new Map([
  ['command-timeout', 'timed-out'],
  ['closed', 'closed'],
])

type Reason = 'timed-out' | 'forgotten' | 'closed'
type ExchangeArguments = Parameters<Connection['exchange']>

/** The commands of a remote connection: those that wait for a channel or a place, and those that the host has. */
export class ExchangeBook {
  readonly #clock: ClientClock
  readonly #settings: RemoteSettings
  #waiting = new Set<Exchange>()
  readonly #sent = new Map<number, Exchange>()
  readonly #timers = new Map<Exchange, () => void>()
  #link: ChannelLink | undefined
  #window = 0
  // Why the last channel was lost.
  #cause: Error | undefined

  constructor(clock: ClientClock, settings: RemoteSettings) {
    this.#clock = clock
    this.#settings = settings
  }

  /** @throws {@link InvalidArgumentError} for a command that is too long, or bad options; the reason of a signal that is aborted. */
  add(request: ExchangeArguments[0], options: NonNullable<ExchangeArguments[1]>): Promise<string> {
    const exchange = newExchange(request, this.#clock.now(), options, this.#settings)
    const { bytes } = exchange
    const mostBytes = this.#settings.maxMessageLength / 2
    if (bytes.length > mostBytes) throw tooManyBytes(bytes, mostBytes, 'command')
    exchange.endWith(options.signal, () => this.#cancel(exchange))
    this.#waiting.add(exchange)
    this.#setTimer(exchange, exchange.deadline)
    this.#flush()
    return exchange.promise
  }

  /** A channel is there, which takes so many commands at once. */
  attach(link: ChannelLink, window: number): void {
    this.#link = link
    this.#window = window
    this.#cause = undefined
    this.#flush()
  }

  /** The channel is gone: what may be sent again (W7) waits for the next one, the rest fails. */
  detach(cause: Error): void {
    this.#link = undefined
    this.#cause = cause
    const sent = [...this.#sent.values()]
    this.#sent.clear()
    this.#waiting = new Set([...sent.filter(({ request }) => request.resend), ...this.#waiting])
    for (const exchange of sent) if (!exchange.request.resend) this.#fail(exchange, 'forgotten')
  }

  answer(message: AnswerMessage): void {
    const exchange = this.#sent.get(message.id)
    // It may have been given up since.
    if (exchange === undefined) return
    this.#sent.delete(message.id)
    this.#forget(exchange)
    if ('reply' in message) exchange.resolve(message.reply)
    else exchange.reject(this.#errorOf(message.error, exchange))
    this.#flush()
  }

  /** Fails every command; those that were never sent with the reason, if there is one. */
  end(reason: Error | undefined): void {
    this.#link = undefined
    this.#cause = undefined
    const all = [...this.#sent.values(), ...this.#waiting]
    this.#sent.clear()
    this.#waiting.clear()
    for (const exchange of all) {
      if (exchange.attempts > 0 || reason === undefined) this.#fail(exchange, 'closed')
      else {
        this.#forget(exchange)
        exchange.reject(reason)
      }
    }
  }

  #flush(): void {
    for (const exchange of this.#waiting) {
      const link = this.#link
      if (link?.state !== 'attached' || this.#sent.size >= this.#window) return
      this.#waiting.delete(exchange)
      this.#send(exchange, link)
    }
  }

  #send(exchange: Exchange, link: ChannelLink): void {
    const { text, resend, verifyEnd, hasTotal } = exchange.request
    const leftMs = Math.max(0, exchange.deadline - this.#clock.now())
    exchange.id = link.nextId()
    exchange.attempts++
    this.#sent.set(exchange.id, exchange)
    link.send({
      type: 'exchange',
      id: exchange.id,
      text,
      resend,
      verifyEnd,
      hasTotal,
      timeoutMs: Number.isFinite(leftMs) ? leftMs : null,
    })
  }

  #cancel(exchange: Exchange): void {
    this.#forget(exchange)
    this.#withdraw(exchange)
    this.#flush()
  }

  /** Has the host give it up, if it has it. */
  #withdraw(exchange: Exchange): void {
    if (this.#waiting.delete(exchange)) return
    this.#sent.delete(exchange.id)
    this.#link?.send({ type: 'cancel', id: exchange.id })
  }

  #setTimer(exchange: Exchange, at: number): void {
    const leftMs = at - this.#clock.now()
    if (leftMs === Number.POSITIVE_INFINITY) return
    this.#timers.set(
      exchange,
      this.#clock.setTimer(() => this.#due(exchange, at), Math.max(0, leftMs)),
    )
  }

  /** The deadline of a command: where the host has it, that is given a little time to say so itself. */
  #due(exchange: Exchange, at: number): void {
    const end = this.#waiting.has(exchange) ? exchange.deadline : exchange.deadline + GRACE_MS
    if (at < end) {
      this.#setTimer(exchange, end)
      return
    }
    this.#withdraw(exchange)
    this.#fail(exchange, 'timed-out')
    this.#flush()
  }

  #fail(exchange: Exchange, reason: Reason): void {
    this.#forget(exchange)
    const error = this.#failure(exchange, reason)
    if (this.#cause !== undefined) error.cause = this.#cause
    exchange.reject(error)
  }

  /** The host's error. What it did not send now may have been sent in an earlier channel, of which it knows nothing. */
  #errorOf(data: ErrorData, exchange: Exchange): Error {
    const isUnsent = data.code === 'not-connected' || data.facts['outcome'] === 'not-sent'
    if (!isUnsent || exchange.attempts === 1) return errorFromData(data)
    exchange.attempts--
    return this.#failure(exchange, UNSENT.get(data.code) ?? 'forgotten')
  }

  /** Its outcome is `unknown` as soon as it was sent. */
  #failure(exchange: Exchange, reason: Reason): Error {
    return failureError(exchange, { reason, outcome: 'not-sent', attempts: 0 }, this.#clock.now())
  }

  #forget(exchange: Exchange): void {
    this.#timers.get(exchange)?.()
    this.#timers.delete(exchange)
  }
}
