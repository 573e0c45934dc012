import type { ConnectionEvent } from '@bercon/core'
import { asError, channelError } from '../channel-error.js'
import type { HostMessage } from '../wire/message.js'
import type { MessageCarrier } from '../wire/message-carrier.js'
import { EventOutbox } from './event-outbox.js'
import type { HostSettings } from './host-options.js'

const RETRY_MS = 50

/** What a host sends to one channel, and what it owes a reader that is slow. */
export class HostSender {
  readonly #carrier: MessageCarrier
  readonly #settings: HostSettings
  readonly #outbox: EventOutbox
  readonly #onBroken: (error: Error) => void
  #state: 'open' | 'ended' = 'open'
  #cancelRetry: (() => void) | undefined

  /** @param onBroken is called when nothing can be sent anymore. */
  constructor(carrier: MessageCarrier, settings: HostSettings, onBroken: (error: Error) => void) {
    this.#carrier = carrier
    this.#settings = settings
    const { maxQueuedEvents, maxQueuedCharacters } = settings.limits
    this.#outbox = new EventOutbox(maxQueuedEvents, maxQueuedCharacters)
    this.#onBroken = onBroken
    carrier.onRoom?.(() => this.#flush())
  }

  /** Events dropped so far. */
  get droppedEvents(): number {
    return this.#outbox.dropped
  }

  /** Returns `false` for a message that is too long, and does not send it. */
  send(message: HostMessage): boolean {
    if (this.#state === 'ended') return true
    try {
      if (!this.#carrier.send(message)) return false
    } catch (error) {
      this.#onBroken(asError(error))
    }
    if (this.#carrier.room === 'exceeded')
      this.#onBroken(channelError('The other side of the channel reads too slowly'))
    return true
  }

  /** Sends an event as soon as there is room; beyond the limits the oldest are dropped. */
  sendEvent(event: ConnectionEvent): void {
    this.#outbox.push(event)
    this.#flush()
  }

  /** Ends the channel. */
  end(): void {
    this.#cancelRetry?.()
    this.#carrier.close()
    this.#state = 'ended'
  }

  #flush(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    while (this.#state === 'open' && !this.#outbox.isEmpty) {
      if (this.#carrier.room !== 'free') {
        this.#retry()
        return
      }
      const event = this.#outbox.shift(this.#settings.clock.wallNow())
      if (event !== undefined && !this.send({ type: 'event', event })) this.#outbox.drop(event)
    }
  }

  #retry(): void {
    if (this.#carrier.onRoom === undefined)
      this.#cancelRetry = this.#settings.clock.setTimer(() => this.#flush(), RETRY_MS)
  }
}
