import { encodeClientPacket } from '../encode.js'
import type { Output } from '../output.js'
import type { ResponsePacket, ResponsePartPacket } from '../packet.js'
import type { ClientEvent, FailureReason } from './client-event.js'
import type { ClientSessionOptions } from './client-options.js'
import type { ClientCounters } from './client-statistics.js'
import { CommandQueue } from './command-queue.js'
import { InFlight } from './in-flight.js'
import { Lateness } from './lateness.js'
import { outcomeOf, type PendingCommand, pendingCommand } from './pending-command.js'
import { Reassembly } from './reassembly.js'
import { CEILING_MS, firstResendMs, nextResendMs } from './retransmission.js'
import { RoundTrip } from './round-trip.js'
import { SequencePool } from './sequence-pool.js'
import { Silence } from './silence.js'

const NO_BYTES = new Uint8Array(0)
const KEEP_ALIVE_ID = 0

/** Takes commands from the call to the reply: queue, sequences, retransmission, reassembly, keep-alive. */
export class CommandFlow {
  readonly roundTrip: RoundTrip = new RoundTrip()
  readonly silence: Silence
  /** Number of the newest message that has come, -1 before the first. */
  newestMessage = -1
  readonly #options: ClientSessionOptions
  readonly #output: Output<ClientEvent>
  readonly #counters: ClientCounters
  readonly #queue = new CommandQueue()
  readonly #sequences = new SequencePool()
  readonly #inFlight = new InFlight()
  readonly #lateness = new Lateness(CEILING_MS)
  #keepAlive: PendingCommand | undefined
  // When the last command packet that was answered was sent; before the login no keep-alive is due.
  #answeredSentAt = Number.POSITIVE_INFINITY
  #partsBytes = 0
  #maxInFlight = 0

  constructor(options: ClientSessionOptions, output: Output<ClientEvent>, counters: ClientCounters) {
    this.#options = options
    this.#output = output
    this.#counters = counters
    this.silence = new Silence(options.forgottenAfterPackets, options.forgottenAfterMs)
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get queued(): number {
    return this.#queue.size
  }

  /** Bytes of unfinished replies that are held. */
  get partsBytes(): number {
    return this.#partsBytes
  }

  get nextAt(): number {
    const next = Math.min(this.#inFlight.nextAt, this.#queue.nextAt, this.silence.overAt, this.#keepAliveAt())
    // What could go now is missing nothing but a sequence.
    return this.#nextToSend() === undefined ? next : Math.min(next, this.#sequences.nextFreeAt)
  }

  /** The login is there: what waited is sent, and keep-alives are counted from the login's sending. */
  open(loginSentAt: number, now: number): void {
    this.#maxInFlight = this.#options.maxInFlight
    this.#answeredSentAt = loginSentAt
    this.#sendWaiting(now)
  }

  add(id: number, bytes: Uint8Array, resend: boolean, timeoutMs: number, now: number): void {
    const command = pendingCommand(id, bytes, resend, now, timeoutMs)
    this.#sendWaiting(now)
    // Where nobody waits before it, it need not wait either.
    if (this.#queue.size === 0 && this.#places() > 0 && this.#begin(command, now)) return
    this.#queue.push(command)
  }

  cancel(id: number, now: number): void {
    if (id === KEEP_ALIVE_ID) return
    const command = this.#queue.find(id) ?? this.#inFlight.find(id)
    if (command === undefined) return
    this.#fail(command, 'cancelled', now)
    this.#sendWaiting(now)
  }

  /** Ends everything that waits, in the order of the calls. */
  failAll(reason: FailureReason, now: number): void {
    this.#answeredSentAt = Number.POSITIVE_INFINITY
    this.#maxInFlight = 0
    this.silence.answered()
    if (this.#keepAlive !== undefined) this.#release(this.#keepAlive, now)
    for (const command of this.#inFlight.inOrder()) this.#fail(command, reason, now)
    for (const command of this.#queue.inOrder()) this.#fail(command, reason, now)
  }

  receive(packet: ResponsePacket | ResponsePartPacket, now: number): void {
    this.silence.answered()
    const command = this.#inFlight.get(packet.sequence)
    if (command === undefined) {
      this.#counters.unexpected++
      this.#lateness.unexpected(packet.sequence, now)
      return
    }
    this.#noteAnswer(command, now)
    const bytes = packet.type === 'response' ? packet.bytes : this.#collect(command, packet, now)
    if (bytes === undefined) return
    const { id, attempts, addedAt, sentAfter } = command
    this.#release(command, now + this.#restMs(command, now))
    this.#output.tell({ type: 'reply', id, bytes, attempts, elapsedMs: now - addedAt, sentAfter })
    this.#sendWaiting(now)
  }

  /** How long the sequence of a command that was answered now rests. */
  #restMs({ sequence, attempts }: PendingCommand, now: number): number {
    const { timeoutMs } = this.roundTrip
    // Of a command that was sent again, an answer to another sending may be still on the way, or the sending itself.
    if (attempts > 1) return Math.max(CEILING_MS, timeoutMs)
    this.#lateness.answered(sequence as number, now)
    return this.#lateness.restMs(timeoutMs)
  }

  handleTimeout(now: number): void {
    for (const command of this.#queue.overdue(now)) this.#fail(command, 'timed-out', now)
    for (;;) {
      const command = this.#inFlight.firstDue(now)
      if (command === undefined) break
      if (now >= command.deadline) this.#fail(command, 'timed-out', now)
      else this.#transmit(command, now)
    }
    if (now >= this.#keepAliveAt())
      this.#keepAlive = pendingCommand(KEEP_ALIVE_ID, NO_BYTES, true, now, Number.POSITIVE_INFINITY)
    this.#sendWaiting(now)
  }

  #keepAliveAt(): number {
    return this.#keepAlive === undefined
      ? this.#answeredSentAt + this.#options.keepAliveMs
      : Number.POSITIVE_INFINITY
  }

  /** What goes next, where there is a place for it; a keep-alive before all others. */
  #nextToSend(): PendingCommand | undefined {
    if (this.#keepAlive !== undefined && this.#keepAlive.sequence === undefined) return this.#keepAlive
    return this.#places() > 0 ? this.#queue.first : undefined
  }

  // A keep-alive has a place of its own.
  #places(): number {
    return this.#maxInFlight - this.#inFlight.size + (this.#keepAlive?.sequence === undefined ? 0 : 1)
  }

  #sendWaiting(now: number): void {
    for (;;) {
      const command = this.#nextToSend()
      if (command === undefined || !this.#begin(command, now)) return
    }
  }

  /** Sends a command for the first time, or fails it where its time is up; `false` while there is no sequence for it. */
  #begin(command: PendingCommand, now: number): boolean {
    // An answer that makes a place can be handled before the time-out that came first.
    if (now >= command.deadline) {
      this.#fail(command, 'timed-out', now)
      return true
    }
    const sequence = this.#sequences.take(now)
    if (sequence === undefined) return false
    this.#queue.remove(command)
    command.sequence = sequence
    command.datagram = encodeClientPacket({ type: 'command', sequence, bytes: command.bytes })
    this.#inFlight.add(sequence, command)
    this.#lateness.forget(sequence)
    this.#transmit(command, now)
    return true
  }

  #transmit(command: PendingCommand, now: number): void {
    // The server forgets a client whose keep-alives are lost for 15 s, however slow it was before (P7).
    const isKeepAlive = command === this.#keepAlive
    const timeoutMs = isKeepAlive ? Math.min(CEILING_MS, this.roundTrip.timeoutMs) : this.roundTrip.timeoutMs
    if (command.attempts++ === 0) {
      command.firstSentAt = now
      command.sentAfter = this.newestMessage
      command.intervalMs = firstResendMs(timeoutMs, this.#options.minResendMs)
    } else {
      command.intervalMs = nextResendMs(command.intervalMs, timeoutMs)
      this.#counters.resent++
    }
    this.silence.sent(now)
    this.#output.send(command.datagram as Uint8Array)
    this.#counters.sent++
    const resendAt = command.resend ? now + command.intervalMs : Number.POSITIVE_INFINITY
    this.#inFlight.setDue(command.sequence as number, Math.min(command.deadline, resendAt))
  }

  #noteAnswer(command: PendingCommand, now: number): void {
    if (command.answer === 'begun') return
    command.answer = 'begun'
    // Karn's rule: of what was sent twice nobody knows which sending is answered.
    if (command.attempts === 1) this.roundTrip.measure(now - command.firstSentAt)
    // For the same reason the first sending counts here: the server may have seen none of the later ones.
    this.#answeredSentAt = Math.max(this.#answeredSentAt, command.firstSentAt)
  }

  #collect(command: PendingCommand, packet: ResponsePartPacket, now: number): Uint8Array | undefined {
    const parts = command.parts ?? new Reassembly()
    command.parts = parts
    const before = parts.bytes
    const complete = parts.add(packet)
    this.#partsBytes += parts.bytes - before
    if (parts.bytes > this.#options.maxReplyBytes || this.#partsBytes > this.#options.maxPartsBytes) {
      this.#fail(command, 'reply-too-large', now)
      this.#sendWaiting(now)
      return undefined
    }
    return complete ? parts.join() : undefined
  }

  #fail(command: PendingCommand, reason: FailureReason, now: number): void {
    const { id, attempts, addedAt } = command
    const outcome = outcomeOf(command)
    this.#release(command, now + this.#options.sequenceRestMs)
    if (command.id !== KEEP_ALIVE_ID)
      this.#output.tell({ type: 'failure', id, reason, outcome, attempts, elapsedMs: now - addedAt })
  }

  /** Takes a command out of everything that knows it; its sequence rests. */
  #release(command: PendingCommand, restUntil: number): void {
    this.#partsBytes -= command.parts?.bytes ?? 0
    if (command === this.#keepAlive) this.#keepAlive = undefined
    if (command.sequence === undefined) {
      this.#queue.remove(command)
      return
    }
    this.#inFlight.remove(command.sequence)
    this.#sequences.rest(command.sequence, restUntil)
    command.sequence = undefined
  }
}
