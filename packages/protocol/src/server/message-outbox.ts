import { encodeServerPacket } from '../wire/encode.js'
import { SEQUENCES } from '../wire/serial-number.js'
import type { ServerSessionOptions } from './server-options.js'

// A client that recognizes repeats by serial-number arithmetic is exact up to this many (W11).
const WINDOW = 64
// Of the messages to a peer that acknowledges nothing at present, so many are repeated: enough to notice that it is back,
// also where some are lost. All the others would only fill its receive buffer, where they wait already.
const REPEATED_TO_SILENT = 8

interface OpenMessage {
  readonly number: number
  readonly datagram: Uint8Array
  attempts: number
  dueAt: number
  /** Whether it would have been sent again, had the peer acknowledged anything. */
  isHeldBack: boolean
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
  #acknowledgedAt = Number.NEGATIVE_INFINITY

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
      const wasSilent = this.#isSilent(now)
      this.#acknowledgedAt = now
      if (wasSilent) this.#release(now)
      if (dueAt === this.#nextAt) this.#findNext()
      this.#sendQueued(now)
      return number
    }
    return undefined
  }

  /**
   * Sends due messages again, of a peer that acknowledges nothing the oldest ones only. Returns `false` if one was already
   * sent as often as allowed.
   */
  handleTimeout(now: number): boolean {
    if (now < this.#nextAt) return true
    const { messageAttempts } = this.#options
    let left = this.#isSilent(now) ? REPEATED_TO_SILENT : Number.POSITIVE_INFINITY
    let oldest: OpenMessage | undefined
    for (const message of this.#open.values()) {
      oldest ??= message
      left--
      if (message.dueAt > now) continue
      if (message.attempts >= messageAttempts) return false
      if (left >= 0) this.#transmit(message, now)
      else {
        message.isHeldBack = true
        // With the oldest, so that they need no wake-ups of their own.
        message.dueAt = oldest.dueAt
      }
    }
    this.#findNext()
    return true
  }

  #isSilent(now: number): boolean {
    return now - this.#acknowledgedAt >= this.#options.messageResendIntervalMs
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
      const message = { number, datagram, attempts: 0, dueAt: 0, isHeldBack: false }
      this.#open.set(number, message)
      this.#transmit(message, now)
    }
  }

  /** The peer is back: what was held back is due. */
  #release(now: number): void {
    for (const message of this.#open.values()) {
      if (!message.isHeldBack) continue
      message.isHeldBack = false
      message.dueAt = now
      this.#nextAt = now
    }
  }

  #transmit(message: OpenMessage, now: number): void {
    message.attempts++
    message.isHeldBack = false
    message.dueAt = now + this.#options.messageResendIntervalMs
    this.#nextAt = Math.min(this.#nextAt, message.dueAt)
    this.#send(message.datagram)
  }

  #findNext(): void {
    this.#nextAt = Number.POSITIVE_INFINITY
    for (const { dueAt } of this.#open.values()) this.#nextAt = Math.min(this.#nextAt, dueAt)
  }
}
