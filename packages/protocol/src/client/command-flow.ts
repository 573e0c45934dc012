import type { Output } from '../output.js'
import { encodeCommand } from '../wire/encode.js'
import type { ResponsePacket, ResponsePartPacket } from '../wire/packet.js'
import type { ClientSessionEvent, FailureReason } from './client-event.js'
import type { ClientSessionOptions } from './client-options.js'
import type { ClientCounters } from './client-statistics.js'
import { CommandQueue } from './command-queue.js'
import { InFlight } from './in-flight.js'
import { KeepAlive } from './keep-alive.js'
import {
  type Answer,
  KEEP_ALIVE_ID,
  outcomeOf,
  type PendingCommand,
  type SentCommand,
  sentCommand,
  type WaitingCommand,
} from './pending-command.js'
import { Reassembly } from './reassembly.js'
import { ResendPace } from './resend-pace.js'
import { RoundTrip } from './round-trip.js'
import { Sequences } from './sequences.js'
import { Silence } from './silence.js'

const NO_BYTES = new Uint8Array(0)
const NEVER = Number.POSITIVE_INFINITY

/** Carries commands from the call to the reply: queue, sequences, resending, reassembly, keep-alive. */
export class CommandFlow {
  readonly roundTrip: RoundTrip = new RoundTrip()
  readonly silence: Silence
  readonly #options: ClientSessionOptions
  readonly #output: Output<ClientSessionEvent>
  readonly #counters: ClientCounters
  readonly #queue = new CommandQueue()
  readonly #inFlight = new InFlight()
  readonly #sequences: Sequences
  readonly #pace: ResendPace
  readonly #keepAlive: KeepAlive
  #partsBytes = 0
  #maxInFlight = 0
  // Number of the newest message received, -1 before the first.
  #newestMessage = -1
  // Whether a command that is due to be sent again was held back, because another packet probes the silent server.
  #isHolding = false

  constructor(options: ClientSessionOptions, output: Output<ClientSessionEvent>, counters: ClientCounters) {
    this.#options = options
    this.#output = output
    this.#counters = counters
    this.silence = new Silence(options, { roundTrip: this.roundTrip, waiting: this.#inFlight }, output)
    this.#pace = new ResendPace(this.roundTrip, this.silence.loss, options.minResendIntervalMs)
    this.#keepAlive = new KeepAlive(options.keepAliveMs, this.silence)
    this.#sequences = new Sequences(options.sequenceRestMs, this.#inFlight, this.roundTrip)
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  get queued(): number {
    return this.#queue.size
  }

  /** Bytes held of incomplete replies. */
  get partsBytes(): number {
    return this.#partsBytes
  }

  /** When the login counts as lost, unless something new arrives. */
  get overAt(): number {
    return this.#keepAlive.overAt
  }

  get nextAt(): number {
    const silentAt = Math.min(this.#keepAlive.dueAt, this.silence.unresponsiveAt, this.overAt)
    const next = Math.min(this.#inFlight.nextAt, this.#queue.nextAt, silentAt)
    // If a command could go now, all it lacks is a free sequence.
    return this.#nextToSend() === undefined ? next : Math.min(next, this.#sequences.nextFreeAt)
  }

  /** The login succeeded: sends the waiting commands, and counts keep-alives from when the login was sent. */
  open(loginSentAt: number, now: number): void {
    this.#maxInFlight = this.#options.maxInFlight
    this.#keepAlive.start(loginSentAt)
    this.#sendWaiting(now)
  }

  add(command: WaitingCommand): void {
    const { addedAt } = command
    this.#sendWaiting(addedAt)
    // With no command ahead of it, this one need not be queued.
    if (this.#queue.size === 0 && this.#places() > 0 && this.#begin(command, addedAt)) return
    this.#queue.push(command)
  }

  cancel(id: number, now: number): void {
    const command = this.#queue.find(id) ?? this.#inFlight.find(id)
    if (command === undefined || id === KEEP_ALIVE_ID) return
    this.#fail(command, 'canceled', now)
    this.#sendWaiting(now)
  }

  /** Fails all unanswered commands, in the order of the calls. */
  failAll(reason: FailureReason, now: number): void {
    this.#maxInFlight = 0
    this.silence.end()
    for (const command of this.#inFlight.inOrder()) this.#fail(command, reason, now)
    this.#keepAlive.stop()
    for (const command of this.#queue.inOrder()) this.#fail(command, reason, now)
  }

  /** A new message arrived. */
  noteMessage(number: number, now: number): void {
    if (number > this.#newestMessage) this.#newestMessage = number
    this.#noteAttention(now)
  }

  receive(packet: ResponsePacket | ResponsePartPacket, now: number): void {
    const command = this.#inFlight.get(packet.sequence)
    if (command === undefined) {
      this.#counters.unexpected++
      // A late answer proves that the server responds; a copy of an answer does not.
      if (this.#sequences.isCopy(packet.sequence, now)) return
      this.silence.loss.cameLate()
      this.#noteSignOfLife(now)
      return
    }
    this.#noteAnswer(command, packet.sequence, now)
    // Passes the packet itself: spreading it into a copy would double the cost of a command.
    if (packet.type === 'response') this.#reply(command, packet, now)
    else this.#collect(command, packet, now)
  }

  handleTimeout(now: number): void {
    for (const command of this.#queue.overdue(now)) this.#fail(command, 'timed-out', now)
    for (;;) {
      const command = this.#inFlight.firstDue(now)
      if (command === undefined) break
      if (now >= command.deadline) this.#fail(command, 'timed-out', now)
      else if (!this.#isHeld(command, now)) this.#sendAgain(command, now)
    }
    if (now >= this.#keepAlive.dueAt) this.#keepAlive.make(now)
    this.#sendWaiting(now)
    this.silence.handleTimeout(now)
  }

  /** The next command to send, if one fits into `maxInFlight`; a keep-alive comes first. */
  #nextToSend(): WaitingCommand | undefined {
    return this.#keepAlive.waiting ?? (this.#places() > 0 ? this.#queue.first : undefined)
  }

  // A keep-alive does not count against `maxInFlight`.
  #places(): number {
    return this.#maxInFlight - this.#inFlight.size + (this.#keepAlive.isSent ? 1 : 0)
  }

  #sendWaiting(now: number): void {
    for (;;) {
      const command = this.#nextToSend()
      if (command === undefined || !this.#begin(command, now)) return
      this.#queue.remove(command)
    }
  }

  /**
   * Sends a command for the first time, or fails it if its deadline has passed. Returns `false` if no sequence is free.
   */
  #begin(waiting: WaitingCommand, now: number): boolean {
    // An answer that frees a place can be handled before a timeout that was due earlier.
    if (now >= waiting.deadline) {
      this.#fail(waiting, 'timed-out', now)
      return true
    }
    const sequence = this.#sequences.take(waiting.id === KEEP_ALIVE_ID, now)
    if (sequence === undefined) return false
    const command = sentCommand(waiting, sequence, this.#newestMessage, now)
    this.#keepAlive.sent(command)
    this.silence.sent(now)
    this.#inFlight.add(command, now)
    command.intervalMs = this.#pace.firstMs(command.id === KEEP_ALIVE_ID)
    this.#transmit(command, sequence, now)
    return true
  }

  #sendAgain(command: SentCommand, now: number): void {
    const sequence = this.#sequences.takeForRepeat(command, this.#queue.size === 0 ? this.#places() : 0, now)
    command.intervalMs = this.#pace.nextMs(command)
    this.#counters.resent++
    if (command.id !== KEEP_ALIVE_ID) this.silence.probes(now)
    this.silence.sent(now)
    this.#transmit(command, sequence, now)
  }

  #transmit(command: SentCommand, sequence: number, now: number): void {
    command.attempts++
    command.lastSentAt = now
    if (command.id === KEEP_ALIVE_ID) command.intervalMs = this.silence.paceMs(command.intervalMs, now)
    else this.silence.commandSent(now)
    this.#output.send(encodeCommand(sequence, command.body))
    this.#counters.sent++
    this.#inFlight.schedule(command, now + command.intervalMs)
  }

  /** Whether a command that is due to be sent again must wait, because another packet probes the silent server. */
  #isHeld(command: SentCommand, now: number): boolean {
    if (command.id === KEEP_ALIVE_ID) return false
    const others = this.#inFlight.repeatable - (this.#keepAlive.isSent ? 1 : 0)
    const probeAt = this.silence.nextProbeAt(now)
    if (probeAt <= now || (others === 1 && probeAt !== NEVER)) return false
    this.#isHolding = true
    this.#inFlight.schedule(command, probeAt)
    return true
  }

  /** The server responds, but may still be busy with the waiting commands: keep probing with one packet at a time. */
  #noteAttention(now: number): void {
    const wasInDoubt = now >= this.silence.doubtAt
    this.silence.heard(now)
    if (wasInDoubt) this.#letGo(now)
  }

  #noteSignOfLife(now: number): void {
    this.silence.answered(now)
    if (this.#isHolding) this.#letGo(now)
  }

  /**
   * Releases held commands, but not at once: a server that comes back first answers the packets that reached it
   * earlier.
   */
  #letGo(now: number): void {
    this.#isHolding = false
    this.#inFlight.postpone(now + this.#pace.firstMs(false))
  }

  #noteAnswer(command: SentCommand, sequence: number, now: number): void {
    const ms = this.#inFlight.measure(sequence, now)
    if (ms >= 0) this.roundTrip.measure(ms)
    if (command.id === KEEP_ALIVE_ID && this.#isHolding) this.#noteAttention(now)
    else this.#noteSignOfLife(now)
    this.silence.noteAnswered(command.id === KEEP_ALIVE_ID)
    command.heardAt = now
    this.#keepAlive.answered(this.#inFlight.sentAt(sequence))
  }

  #collect(command: SentCommand, packet: ResponsePartPacket, now: number): void {
    const { maxReplyBytes, maxPartsBytes, minResendIntervalMs } = this.#options
    const { sequence } = packet
    command.parts ??= new Reassembly()
    const parts = command.parts
    const before = parts.bytes
    const completion = parts.add(packet, this.#sequences.isShared(sequence))
    if (this.#partsBytes + parts.bytes - before > maxPartsBytes) parts.keepOnly(sequence)
    this.#partsBytes += parts.bytes - before
    const isTooLarge = parts.bytesOf(sequence) > maxReplyBytes || this.#partsBytes > maxPartsBytes
    const bytes = isTooLarge || completion === 'none' ? NO_BYTES : parts.join()
    if (isTooLarge || bytes.length > maxReplyBytes) {
      this.#fail(command, 'reply-too-large', now)
      this.#sendWaiting(now)
    } else if (completion !== 'none') {
      this.#reply(command, { sequence, bytes, mixed: completion === 'mixed' }, now)
    } else if (command.resend) {
      // Do not resend while parts of an answer are arriving.
      const resendAt = Math.max(command.lastSentAt + command.intervalMs, now + minResendIntervalMs)
      this.#inFlight.schedule(command, resendAt)
    }
  }

  #reply(command: SentCommand, { sequence, bytes, mixed }: Answer, now: number): void {
    const { id, attempts, addedAt, sentAfter } = command
    this.#sequences.restAnswered(command, sequence, now)
    this.silence.loss.answered(attempts)
    this.#release(command)
    const reply = { type: 'reply', id, bytes, attempts, elapsedMs: now - addedAt, sentAfter } as const
    this.#output.emit(mixed ? { ...reply, mixed } : reply)
    this.#sendWaiting(now)
  }

  #fail(command: PendingCommand, reason: FailureReason, now: number): void {
    const { id, addedAt } = command
    const attempts = command.state === 'waiting' ? 0 : command.attempts
    const outcome = outcomeOf(command)
    if (reason === 'timed-out' && attempts > 0) this.silence.loss.unanswered(attempts)
    if (command.state === 'waiting') this.#queue.remove(command)
    else {
      this.#sequences.restFailed(command, now)
      this.#release(command)
    }
    if (id !== KEEP_ALIVE_ID)
      this.#output.emit({ type: 'failure', id, reason, outcome, attempts, elapsedMs: now - addedAt })
  }

  /** Removes a command in flight from every structure that refers to it. */
  #release(command: SentCommand): void {
    this.#partsBytes -= command.parts?.bytes ?? 0
    this.#keepAlive.released(command)
    this.#inFlight.remove(command)
  }
}
