import type { ClientClock } from '@bercon/core'
import { channelError } from '../channel-error.js'
import type { TextChannel } from '../channels/text-channel.js'

/** Two ends of a channel in memory. */
export interface ChannelPair {
  readonly ends: readonly [TextChannel, TextChannel]
  /** Loses whatever is on its way, and ends both ends with an error. */
  cut(): void
}

/** How a channel in memory behaves. */
export interface ChannelPairOptions {
  /**
   * Delay of each text, in ms; called for each. Texts keep their order.
   * @default () => 0
   */
  readonly delayMs?: (() => number) | undefined
}

/** A channel without a network, for tests in virtual time. A text arrives a turn later, never inside the call that sends it. */
export function channelPair(clock: ClientClock, { delayMs = () => 0 }: ChannelPairOptions = {}): ChannelPair {
  const left: MemoryEnd = new MemoryEnd(clock, delayMs, () => right)
  const right = new MemoryEnd(clock, delayMs, () => left)
  return {
    ends: [left, right],
    cut: () => {
      const error = channelError('The channel was cut')
      left.end(error)
      right.end(error)
    },
  }
}

class MemoryEnd implements TextChannel {
  readonly #clock: ClientClock
  readonly #delayMs: () => number
  readonly #other: () => MemoryEnd
  #state: 'open' | 'closing' | 'ended' = 'open'
  #lastAt = 0
  #unsent = 0
  #hear: (text: string) => void = () => {}
  #hearEnd: (error?: Error) => void = () => {}

  constructor(clock: ClientClock, delayMs: () => number, other: () => MemoryEnd) {
    this.#clock = clock
    this.#delayMs = delayMs
    this.#other = other
  }

  get unsent(): number {
    return this.#unsent
  }

  send(text: string): void {
    if (this.#state !== 'open') return
    this.#unsent += text.length
    this.#later(() => {
      this.#unsent -= text.length
      this.#other().receive(text)
    })
  }

  onText(listener: (text: string) => void): void {
    this.#hear = listener
  }

  onClose(listener: (error?: Error) => void): void {
    this.#hearEnd = listener
  }

  close(): void {
    if (this.#state !== 'open') return
    this.#state = 'closing'
    this.#later(() => {
      this.#other().end(undefined)
      this.end(undefined)
    })
  }

  receive(text: string): void {
    this.#hear(text)
  }

  end(error: Error | undefined): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#hearEnd(error)
  }

  #later(act: () => void): void {
    const now = this.#clock.now()
    this.#lastAt = Math.max(this.#lastAt, now + this.#delayMs())
    this.#clock.setTimer(() => this.#state !== 'ended' && act(), this.#lastAt - now)
  }
}
