// @ts-nocheck
import type { ConnectionEvent } from '@bercon/core'
import { asError, channelError } from '../channel-error.js'
import type { TextChannel } from '../channels/text-channel.js'
import type { HostMessage } from '../wire/message.js'
import { EventOutbox } from './event-outbox.js'
import type { HostSettings } from './host-options.js'

// A reader is this much slower than it may be before its channel is ended: answers cannot be dropped, as events can.
const TOO_SLOW = 8
const RETRY_MS = 50

/** What a host sends to one channel, and what it owes a reader that is slow. */
export class HostSender {
  readonly #channel: TextChannel
  readonly #settings: HostSettings
  readonly #outbox: EventOutbox
  readonly #onBroken: (error: Error) => void
  #state: 'open' | 'ended' = 'open'
  #cancelRetry: (() => void) | undefined

  /** @param onBroken is called when the channel cannot be sent to any more. */
  constructor(channel: TextChannel, settings: HostSettings, onBroken: (error: Error) => void) {
    const { maxQueuedEvents, maxMessageLength, maxUnsent } = settings.limits
    this.#channel = channel
    this.#settings = settings
    this.#outbox = new EventOutbox(maxQueuedEvents, maxMessageLength + maxUnsent)
    this.#onBroken = onBroken
  }

  /** Events dropped so far. */
  get droppedEvents(): number {
    return this.#outbox.dropped
  }

  /** `false` for a message that is too long, and so is not sent. */
  send(message: HostMessage): boolean {
    if (this.#state === 'ended') return true
    const { maxMessageLength, maxUnsent } = this.#settings.limits
    const text = JSON.stringify(message)
    if (text.length > maxMessageLength) return false
    try {
      this.#channel.send(text)
    } catch (error) {
      this.#onBroken(asError(error))
    }
    if (this.#unsent > maxUnsent * TOO_SLOW)
      this.#onBroken(
        channelError(`The other side of the channel reads too slowly: ${this.#unsent} are unsent`),
      )
    return true
  }

  /** Sends an event, as soon as the channel takes it; the oldest are dropped where it does not. */
  sendEvent(event: ConnectionEvent): void {
    this.#outbox.push(event)
    this.#flush()
  }

  /** Sends no more, and ends the channel. */
  end(): void {
    this.#state = 'ended'
    this.#cancelRetry?.()
    this.#channel.close()
  }

  #flush(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    const { clock, limits } = this.#settings
    while (this.#state === 'open' && !this.#outbox.isEmpty) {
      if (this.#unsent > limits.maxUnsent) {
        this.#cancelRetry = clock.setTimer(() => this.#flush(), RETRY_MS)
        return
      }
      const event = this.#outbox.shift(clock.wallNow())
      if (event !== undefined && !this.send({ type: 'event', event })) this.#outbox.drop(event)
    }
  }

  get #unsent(): number {
    return this.#channel.unsent ?? 0
  }
}
