import type { Output } from '../output.js'
import { encodeClientPacket } from '../wire/encode.js'
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
import { ResendPace } from './retransmission.js'
import { RoundTrip } from './round-trip.js'
import { Sequences } from './sequences.js'
import { Silence } from './silence.js'

const NO_BYTES = new Uint8Array(0)
const NEVER = Number.POSITIVE_INFINITY

/** Takes commands from the call to the reply: queue, sequences, retransmission, reassembly, keep-alive. */
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
  // Number of the newest message that has come, -1 before the first.
  #newestMessage = -1
  // Whether any command was due to be sent again and was not, because another packet probes the silent server.
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

  /** Bytes of unfinished replies that are held. */
  get partsBytes(): number {
    return this.#partsBytes
  }

  /** When the server counts as gone, unless anything new comes. */
  get overAt(): number {
    return this.#keepAlive.overAt
  }

  get nextAt(): number {
    const silentAt = Math.min(this.#keepAlive.dueAt, this.silence.unresponsiveAt, this.overAt)
    const next = Math.min(this.#inFlight.nextAt, this.#queue.nextAt, silentAt)
    // What could go now is missing nothing but a sequence.
    return this.#nextToSend() === undefined ? next : Math.min(next, this.#sequences.nextFreeAt)
  }

  /** The login is there: what waited is sent, and keep-alives are counted from the login's sending. */
  open(loginSentAt: number, now: number): void {
    this.#maxInFlight = this.#options.maxInFlight
    this.#keepAlive.start(loginSentAt)
    this.#sendWaiting(now)
  }

  add(command: WaitingCommand): void {
    const { addedAt } = command
    this.#sendWaiting(addedAt)
    // Where nobody waits before it, it need not wait either.
    if (this.#queue.size === 0 && this.#places() > 0 && this.#begin(command, addedAt)) return
    this.#queue.push(command)
  }

  cancel(id: number, now: number): void {
    const command = this.#queue.find(id) ?? this.#inFlight.find(id)
    if (command === undefined || id === KEEP_ALIVE_ID) return
    this.#fail(command, 'canceled', now)
    this.#sendWaiting(now)
  }

  /** Ends everything that waits, in the order of the calls. */
  failAll(reason: FailureReason, now: number): void {
    this.#maxInFlight = 0
    this.silence.end()
    for (const command of this.#inFlight.inOrder()) this.#fail(command, reason, now)
    this.#keepAlive.stop()
    for (const command of this.#queue.inOrder()) this.#fail(command, reason, now)
  }

  /** A message came that had not come before. */
  noteMessage(number: number, now: number): void {
    if (number > this.#newestMessage) this.#newestMessage = number
    this.#noteAttention(now)
  }

  receive(packet: ResponsePacket | ResponsePartPacket, now: number): void {
    const command = this.#inFlight.get(packet.sequence)
    if (command === undefined) {
      this.#counters.unexpected++
      // An answer that came too late is news as well, a copy of one is none.
      if (this.#sequences.isCopy(packet.sequence, now)) return
      this.silence.loss.cameLate()
      this.#noteSignOfLife(now)
      return
    }
    this.#noteAnswer(command, packet.sequence, now)
    // The packet itself: a copy by spreading it would double what a command costs.
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

  /** What goes next, where there is a place for it; a keep-alive before all others. */
  #nextToSend(): WaitingCommand | undefined {
    return this.#keepAlive.waiting ?? (this.#places() > 0 ? this.#queue.first : undefined)
  }

  // A keep-alive has a place of its own.
  #places(): number {
    return this.#maxInFlight - this.#inFlight.size + (this.#keepAlive.isSent ? 1 : 0)
  }

  #sendWaiting(now: number): void {
    for (;;) {
      const command = this.#nextToSend()
      if (command === undefined || !this.#begin(command, now)) return
    }
  }

  /** Sends a command for the first time, or fails it where its time is up; `false` while there is no sequence for it. */
  #begin(waiting: WaitingCommand, now: number): boolean {
    // An answer that makes a place can be handled before the timeout that came first.
    if (now >= waiting.deadline) {
      this.#fail(waiting, 'timed-out', now)
      return true
    }
    const sequence = this.#sequences.take(waiting.id === KEEP_ALIVE_ID, now)
    if (sequence === undefined) return false
    const command = sentCommand(waiting, sequence, this.#newestMessage, now)
    this.#queue.remove(waiting)
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
    this.#output.send(encodeClientPacket({ type: 'command', sequence, bytes: command.bytes }))
    this.#counters.sent++
    this.#inFlight.schedule(command, now + command.intervalMs)
  }

  /** Whether a command that is due to be sent again has to wait, because another packet probes the silent server. */
  #isHeld(command: SentCommand, now: number): boolean {
    if (command.id === KEEP_ALIVE_ID) return false
    const others = this.#inFlight.repeatable - (this.#keepAlive.isSent ? 1 : 0)
    const probeAt = this.silence.nextProbeAt(now)
    if (probeAt <= now || (others === 1 && probeAt !== NEVER)) return false
    this.#isHolding = true
    this.#inFlight.schedule(command, probeAt)
    return true
  }

  /** The server is there, and may be busy with what waits: one packet at a time still probes that. */
  #noteAttention(now: number): void {
    const wasInDoubt = now >= this.silence.doubtAt
    this.silence.heard(now)
    if (wasInDoubt) this.#letGo(now)
  }

  #noteSignOfLife(now: number): void {
    this.silence.answered(now)
    if (this.#isHolding) this.#letGo(now)
  }

  /** What was held back goes on, though not at once: a server that comes back answers what has reached it first. */
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
      // Not in the middle of an answer.
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
    this.#output.tell(mixed ? { ...reply, mixed } : reply)
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
      this.#output.tell({ type: 'failure', id, reason, outcome, attempts, elapsedMs: now - addedAt })
  }

  /** Takes a command that is under way out of everything that knows it. */
  #release(command: SentCommand): void {
    this.#partsBytes -= command.parts?.bytes ?? 0
    this.#keepAlive.released(command)
    this.#inFlight.remove(command)
  }
}
