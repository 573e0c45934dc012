import { TimerQueue } from '../driver/timer-queue.js'
import { encodeClientPacket } from '../encode.js'
import type { Output } from '../output.js'
import type { ResponsePacket, ResponsePartPacket } from '../packet.js'
import type { ClientEvent, FailureReason } from './client-event.js'
import type { ClientSessionOptions } from './client-options.js'
import type { ClientCounters } from './client-statistics.js'
import { CommandQueue } from './command-queue.js'
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
  readonly #pending = new Map<number, PendingCommand>()
  readonly #inFlight = new Map<number, PendingCommand>()
  readonly #timers = new TimerQueue<PendingCommand>()
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
    const next = Math.min(this.#timers.nextAt, this.silence.overAt, this.#keepAliveAt())
    return this.#canSend() ? Math.min(next, this.#sequences.nextFreeAt) : next
  }

  /** The login is there: what waited is sent, and keep-alives are counted from the login's sending. */
  open(loginSentAt: number, now: number): void {
    this.#maxInFlight = this.#options.maxInFlight
    this.#answeredSentAt = loginSentAt
    this.#sendWaiting(now)
  }

  add(id: number, bytes: Uint8Array, resend: boolean, timeoutMs: number, now: number): void {
    const command = pendingCommand(id, bytes, resend, now, timeoutMs)
    this.#pending.set(id, command)
    this.#queue.push(command)
    this.#sendWaiting(now)
    // One that is sent at once has its timer, and one whose time is up already has failed.
    if (command.sequence === undefined && this.#pending.has(id)) this.#timers.set(command, command.deadline)
  }

  cancel(id: number, now: number): void {
    const command = this.#pending.get(id)
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
    for (const command of this.#pending.values()) this.#fail(command, reason, now)
  }

  receive(packet: ResponsePacket | ResponsePartPacket, now: number): void {
    this.silence.answered()
    const command = this.#inFlight.get(packet.sequence)
    if (command === undefined) {
      this.#counters.unexpected++
      return
    }
    this.#noteAnswer(command, now)
    const bytes = packet.type === 'response' ? packet.bytes : this.#collect(command, packet, now)
    if (bytes === undefined) return
    const { id, attempts, addedAt, sentAfter } = command
    // Of a command that was sent again, an answer to another sending may be still on the way, or the sending itself.
    const restMs = attempts > 1 ? Math.max(CEILING_MS, this.roundTrip.timeoutMs) : this.roundTrip.timeoutMs
    this.#release(command, now + restMs)
    this.#output.tell({ type: 'reply', id, bytes, attempts, elapsedMs: now - addedAt, sentAfter })
    this.#sendWaiting(now)
  }

  handleTimeout(now: number): void {
    for (;;) {
      const command = this.#timers.takeDue(now)
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

  /** Whether something waits that only a sequence could be missing for. */
  #canSend(): boolean {
    if (this.#keepAlive !== undefined && this.#keepAlive.sequence === undefined) return true
    return this.#queue.first !== undefined && this.#places() > 0
  }

  // A keep-alive has a place of its own.
  #places(): number {
    return this.#maxInFlight - this.#inFlight.size + (this.#keepAlive?.sequence === undefined ? 0 : 1)
  }

  #sendWaiting(now: number): void {
    while (this.#canSend()) {
      const keepAlive = this.#keepAlive?.sequence === undefined ? this.#keepAlive : undefined
      const command = keepAlive ?? (this.#queue.first as PendingCommand)
      // An answer that makes a place can be handled before the time-out that came first.
      if (now >= command.deadline) {
        this.#fail(command, 'timed-out', now)
        continue
      }
      const sequence = this.#sequences.take(now)
      if (sequence === undefined) return
      if (keepAlive === undefined) this.#queue.remove(command)
      command.sequence = sequence
      command.datagram = encodeClientPacket({ type: 'command', sequence, bytes: command.bytes })
      this.#inFlight.set(sequence, command)
      this.#transmit(command, now)
    }
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
    command.lastSentAt = now
    this.silence.sent(now)
    this.#output.send(command.datagram as Uint8Array)
    this.#counters.sent++
    const resendAt = command.resend ? now + command.intervalMs : Number.POSITIVE_INFINITY
    this.#timers.set(command, Math.min(command.deadline, resendAt))
  }

  #noteAnswer(command: PendingCommand, now: number): void {
    if (command.answeredAt !== undefined) return
    command.answeredAt = now
    // Karn's rule: of what was sent twice nobody knows which sending is answered.
    if (command.attempts === 1) this.roundTrip.measure(now - command.lastSentAt)
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
    this.#timers.remove(command)
    this.#pending.delete(command.id)
    this.#partsBytes -= command.parts?.bytes ?? 0
    if (command === this.#keepAlive) this.#keepAlive = undefined
    if (command.sequence === undefined) {
      if (command.id !== KEEP_ALIVE_ID) this.#queue.remove(command)
      return
    }
    this.#inFlight.delete(command.sequence)
    this.#sequences.rest(command.sequence, restUntil)
    command.sequence = undefined
  }
}
