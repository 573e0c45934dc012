// @ts-nocheck
import { encodeServerPacket } from '../wire/encode.js'
import { SEQUENCES } from '../wire/serial-number.js'
import type { ServerSessionOptions } from './server-options.js'

// A client that recognizes repeats by serial-number arithmetic is exact up to this many (W11).
const WINDOW = 64

interface OpenMessage {
  readonly number: number
  readonly datagram: Uint8Array
  attempts: number
  dueAt: number
}

/** Messages to one peer: sent until acknowledged, with further ones behind them in a bounded queue (P8, P9). */
export class MessageOutbox {
  readonly #options: ServerSessionOptions
  readonly #send: (datagram: Uint8Array) => void
  // In the order of their numbers; the first is the oldest unacknowledged message.
  readonly #open = new Map<number, OpenMessage>()
  // By the numbers they will have, which follow those already sent.
  readonly #queue = new Map<number, Uint8Array>()
  #queuedBytes = 0
  #nextNumber = 0
  #nextAt = Number.POSITIVE_INFINITY

  constructor(options: ServerSessionOptions, send: (datagram: Uint8Array) => void) {
    this.#options = options
    this.#send = send
  }

  /** When the first unacknowledged message is sent again. */
  get nextAt(): number {
    return this.#nextAt
  }

  get open(): number {
    return this.#open.size
  }

  get queued(): number {
    return this.#queue.size
  }

  /** Sends or queues a message. Returns `false`, without any effect, if there is no room. */
  add(bytes: Uint8Array, now: number): boolean {
    if (!this.hasRoom(bytes.length)) return false
    this.#queue.set(this.#nextNumber + this.#queue.size, bytes)
    this.#queuedBytes += bytes.length
    this.#sendQueued(now)
    return true
  }

  hasRoom(bytes: number): boolean {
    const { maxQueuedMessages, maxQueuedBytes } = this.#options
    // A message that can be sent at once is not queued.
    if (this.queued === 0 && this.#hasWindow()) return true
    return this.queued < maxQueuedMessages && this.#queuedBytes + bytes <= maxQueuedBytes
  }

  /** The number of the acknowledged message; `undefined` if none with that sequence is unacknowledged. */
  acknowledge(sequence: number, now: number): number | undefined {
    for (const { number, dueAt } of this.#open.values()) {
      if (number % SEQUENCES !== sequence) continue
      this.#open.delete(number)
      if (dueAt === this.#nextAt) this.#findNext()
      this.#sendQueued(now)
      return number
    }
    return undefined
  }

  /** Sends due messages again. Returns `false` if one was already sent as often as allowed. */
  handleTimeout(now: number): boolean {
    if (now < this.#nextAt) return true
    for (const message of this.#open.values()) {
      if (message.dueAt > now) continue
      if (message.attempts >= this.#options.messageAttempts) return false
      this.#transmit(message, now)
    }
    this.#findNext()
    return true
  }

  #hasWindow(): boolean {
    const oldest = this.#open.keys().next()
    return oldest.done === true || this.#nextNumber - oldest.value <= WINDOW
  }

  #sendQueued(now: number): void {
    while (this.#hasWindow()) {
      const number = this.#nextNumber
      const bytes = this.#queue.get(number)
      if (bytes === undefined) return
      this.#nextNumber++
      this.#queue.delete(number)
      this.#queuedBytes -= bytes.length
      const datagram = encodeServerPacket({ type: 'message', sequence: number % SEQUENCES, bytes })
      const message = { number, datagram, attempts: 0, dueAt: 0 }
      this.#open.set(number, message)
      this.#transmit(message, now)
    }
  }

  #transmit(message: OpenMessage, now: number): void {
    message.attempts++
    message.dueAt = now + this.#options.messageResendIntervalMs
    this.#nextAt = Math.min(this.#nextAt, message.dueAt)
    this.#send(message.datagram)
  }

  #findNext(): void {
    this.#nextAt = Number.POSITIVE_INFINITY
    for (const { dueAt } of this.#open.values()) this.#nextAt = Math.min(this.#nextAt, dueAt)
  }
}
