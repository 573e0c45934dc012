// @ts-nocheck
import { sameBytes } from '../wire/bytes.js'
import type { ServerSessionOptions } from './server-options.js'

// The number of recent long replies that are recognized. A client repeats a command whose reply it lacks, not one it
// has.
const LONG_REPLIES = 16
// (√5 - 1) / 2: with this stride the parts where repeats begin are spread most evenly.
const GOLDEN_RATIO = 0.6180339887498949

interface PacedReply {
  readonly datagrams: readonly Uint8Array[]
  readonly onSent: () => void
  next: number
}

interface LongReply {
  readonly command: Uint8Array
  readonly at: number
  readonly repeats: number
}

/**
 * Sends replies in parts to one peer: one burst at once, then burst by burst, so that a reply larger than the peer's
 * receive buffer arrives. A long reply to a repeated command begins at another part each time, so that a loss at its
 * end does not always hit the same parts.
 */
export class ReplyPacer {
  readonly #options: ServerSessionOptions
  readonly #send: (datagram: Uint8Array) => void
  readonly #queue: PacedReply[] = []
  #queuedBytes = 0
  #burstAt = Number.NEGATIVE_INFINITY
  #burstBytes = 0
  #long: readonly LongReply[] = []

  constructor(options: ServerSessionOptions, send: (datagram: Uint8Array) => void) {
    this.#options = options
    this.#send = send
  }

  /** When the next burst is due, `Infinity` if none waits. */
  get nextAt(): number {
    return this.#queue.length === 0
      ? Number.POSITIVE_INFINITY
      : this.#burstAt + this.#options.replyBurstIntervalMs
  }

  /** Sends the reply to a command, and calls `onSent` after its last part. */
  add(datagrams: readonly Uint8Array[], command: Uint8Array, now: number, onSent: () => void): void {
    const bytes = sizeOf(datagrams)
    const start = bytes > this.#options.replyBurstBytes ? this.#startOf(datagrams.length, command, now) : 0
    const ordered = start === 0 ? datagrams : [...datagrams.slice(start), ...datagrams.slice(0, start)]
    this.#queue.push({ datagrams: ordered, onSent, next: 0 })
    this.#queuedBytes += bytes
    this.handleTimeout(now)
    // Above the limit, the oldest reply is sent without pacing, although the network may lose some of it.
    while (this.#queue.length > 1 && this.#queuedBytes > this.#options.maxPacedBytes) this.#sendFirst()
  }

  /** Sends the next burst if it is due. */
  handleTimeout(now: number): void {
    const { replyBurstBytes, replyBurstIntervalMs } = this.#options
    if (now >= this.#burstAt + replyBurstIntervalMs) {
      this.#burstAt = now
      this.#burstBytes = 0
    }
    const most = replyBurstIntervalMs === 0 ? Number.POSITIVE_INFINITY : replyBurstBytes
    while (this.#queue.length > 0 && this.#burstBytes < most) this.#sendPart()
  }

  /** Drops waiting replies, because the peer logs in again. */
  clear(): void {
    this.#queue.length = 0
    this.#queuedBytes = 0
    this.#long = []
  }

  #sendFirst(): void {
    const [first] = this.#queue
    while (this.#queue[0] === first) this.#sendPart()
  }

  #sendPart(): void {
    const reply = this.#queue[0] as PacedReply
    const datagram = reply.datagrams[reply.next++] as Uint8Array
    this.#send(datagram)
    this.#burstBytes += datagram.length
    this.#queuedBytes -= datagram.length
    if (reply.next < reply.datagrams.length) return
    this.#queue.shift()
    reply.onSent()
  }

  #startOf(parts: number, command: Uint8Array, now: number): number {
    const isRecent = ({ at }: LongReply) => now - at < this.#options.repeatWindowMs
    const earlier = this.#long.find((reply) => isRecent(reply) && sameBytes(reply.command, command))
    const repeats = earlier === undefined ? 0 : earlier.repeats + 1
    const others = this.#long.filter((reply) => reply !== earlier && isRecent(reply))
    this.#long = [...others.slice(1 - LONG_REPLIES), { command, at: now, repeats }]
    return Math.floor(((repeats * GOLDEN_RATIO) % 1) * parts)
  }
}

function sizeOf(datagrams: readonly Uint8Array[]): number {
  return datagrams.reduce((bytes, datagram) => bytes + datagram.length, 0)
}
