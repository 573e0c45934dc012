// @ts-nocheck
import { type ClientClock, codeOf } from '@bercon/core'
import {
  type Connection,
  type Exchange,
  errorFromData,
  failureError,
  newExchange,
  survives,
  tooManyBytes,
} from '@bercon/core/kit'
import type { AnswerMessage, ChannelLink } from './channel-link.js'
import type { RemoteSettings } from './remote-options.js'

// How much longer than a command's deadline the host's own answer is waited for: that one knows more.
const GRACE_MS = 1_000

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
  /** Why the last channel was lost, as the cause of what is not answered for want of one. */
  cause: Error | undefined

  constructor(clock: ClientClock, settings: RemoteSettings) {
    this.#clock = clock
    this.#settings = settings
  }

  /** @throws {@link InvalidArgumentError} for bad options; the reason of a signal that is aborted. */
  add(request: ExchangeArguments[0], options: NonNullable<ExchangeArguments[1]>): Promise<string> {
    const exchange = newExchange(request, this.#clock.now(), options, this.#settings)
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
    this.cause = undefined
    this.#flush()
  }

  /** The channel is gone: what may be sent again waits for the next one, the rest fails. */
  detach(cause: Error): void {
    this.#link = undefined
    this.cause = cause
    const sent = [...this.#sent.values()]
    this.#sent.clear()
    const again = sent.filter((exchange) => this.#outlives(exchange))
    this.#waiting = new Set([...again, ...this.#waiting])
  }

  answer(message: AnswerMessage): void {
    const exchange = this.#sent.get(message.id)
    // It may have been given up since.
    if (exchange === undefined) return
    this.#sent.delete(message.id)
    this.#settle(exchange, () => {
      if ('reply' in message) exchange.resolve(message.reply)
      else exchange.reject(errorFromData(message.error))
    })
    this.#flush()
  }

  /** Fails every command. */
  end(reason: Error | undefined): void {
    this.#link = undefined
    const all = [...this.#sent.values(), ...this.#waiting]
    const sent = new Set(this.#sent.values())
    this.#sent.clear()
    this.#waiting.clear()
    for (const exchange of all) {
      const attempts = sent.has(exchange) ? 1 : 0
      const isUnsent = exchange.attempts + attempts === 0
      this.#fail(exchange, 'closed', attempts, isUnsent ? reason : undefined)
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
    if (exchange.bytes.length > this.#settings.maxMessageLength / 2) {
      const error = tooManyBytes(exchange.bytes, this.#settings.maxMessageLength / 2, 'command')
      this.#settle(exchange, () => exchange.reject(error))
      return
    }
    const leftMs = Math.max(0, exchange.deadline - this.#clock.now())
    exchange.id = link.nextId()
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

  #outlives(exchange: Exchange): boolean {
    if (survives(exchange, { reason: 'forgotten', outcome: 'unknown', attempts: 1 })) {
      exchange.attempts++
      return true
    }
    this.#fail(exchange, 'forgotten', 1)
    return false
  }

  #cancel(exchange: Exchange): void {
    this.#forget(exchange)
    if (this.#waiting.delete(exchange) || this.#sent.get(exchange.id) !== exchange) return
    this.#sent.delete(exchange.id)
    this.#link?.send({ type: 'cancel', id: exchange.id })
    this.#flush()
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
    const isSent = this.#sent.get(exchange.id) === exchange
    const end = isSent ? exchange.deadline + GRACE_MS : exchange.deadline
    if (at < end) {
      this.#setTimer(exchange, end)
      return
    }
    if (isSent) {
      this.#sent.delete(exchange.id)
      this.#link?.send({ type: 'cancel', id: exchange.id })
    }
    this.#waiting.delete(exchange)
    this.#fail(exchange, 'timed-out', isSent ? 1 : 0)
    this.#flush()
  }

  #fail(
    exchange: Exchange,
    reason: 'closed' | 'forgotten' | 'timed-out',
    attempts: number,
    error?: Error | undefined,
  ): void {
    const outcome = exchange.attempts + attempts === 0 ? 'not-sent' : 'unknown'
    const made = error ?? failureError(exchange, { reason, outcome, attempts }, this.#clock.now())
    if (error === undefined && this.cause !== undefined && codeOf(made) !== 'closed') made.cause = this.cause
    this.#settle(exchange, () => exchange.reject(made))
  }

  #settle(exchange: Exchange, settle: () => void): void {
    this.#forget(exchange)
    if (exchange.state === 'waiting') settle()
  }

  #forget(exchange: Exchange): void {
    this.#timers.get(exchange)?.()
    this.#timers.delete(exchange)
  }
}
