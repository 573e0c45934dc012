// @ts-nocheck
import { checkTime } from '../check-options.js'
import { RconError, tooManyBytes } from '../errors.js'
import { Output } from '../output.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES } from '../wire/packet.js'
import { type AcceptedCommand, AnswerMemory } from './answer-memory.js'
import { isSecret } from './constant-time.js'
import { MessageOutbox } from './message-outbox.js'
import { ReplyPacer } from './reply-pacer.js'
import { responseDatagrams } from './response-parts.js'
import type { ServerSessionEvent } from './server-event.js'
import { type ServerSessionOptions, serverSessionOptions } from './server-options.js'
import { isFinal, SERVER_MOVES, type ServerMove, type ServerState } from './server-state.js'

// A client without an answer repeats its login within this time (W1).
const LOGIN_RETRY_MS = 10_000

const MAX_MESSAGE_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2

/**
 * The server's side of one peer's login, without I/O or clock. Pass it the peer's datagrams and the time in ms. After
 * each call send all of `takeDatagrams()`, handle all of `takeEvents()`, and call `handleTimeout` at `nextTimeout()`.
 *
 * Received data never makes the session throw, and these options limit the memory that a peer can make it use:
 * `maxQueuedMessages` and `maxQueuedBytes` for messages (plus 65 unacknowledged), `maxAnswerBytes` for answers,
 * `maxPacedBytes` and the newest reply for waiting replies, `maxOpenCommands` of `maxCommandBytes` each for commands
 * (plus 128 remembered for repeats).
 *
 * @example
 * ```ts
 * import { encodeClientPacket, encodeText, ServerSession } from '@bercon/protocol'
 *
 * const session = new ServerSession(encodeText('hunter2'))
 * session.receive(encodeClientPacket({ type: 'login', bytes: encodeText('hunter2') }), 0)
 * console.log(session.takeEvents()) // [ { type: 'login', accepted: true } ]
 * ```
 */
export class ServerSession {
  readonly #options: ServerSessionOptions
  readonly #password: Uint8Array
  readonly #output: Output<ServerSessionEvent> = new Output()
  readonly #outbox: MessageOutbox
  readonly #answers: AnswerMemory
  readonly #pacer: ReplyPacer
  // The unanswered commands, by id.
  readonly #open = new Map<number, AcceptedCommand>()
  // The time of the last input that had one; `reply` has none.
  #now = 0
  #state: ServerState = 'waiting'
  // When the login was received, then when the last command packet was.
  #lastCommandAt = Number.NEGATIVE_INFINITY
  #lastLoginAt = Number.NEGATIVE_INFINITY
  #lastId = 0
  // The last command of the previous login, and the sequences that the current one has used.
  #lastEarlierId = 0
  readonly #usedSequences = new Set<number>()
  // Length of the shortest message refused since the last `writable`.
  #refusedBytes: number | undefined

  /**
   * Creates a session that accepts `password`. With an empty password it never answers, like real servers (P4).
   *
   * @throws {@link InvalidArgumentError} naming an option that is unknown or out of range.
   */
  constructor(password: Uint8Array, options: Partial<ServerSessionOptions> = {}) {
    this.#password = password
    this.#options = serverSessionOptions(options)
    this.#outbox = new MessageOutbox(this.#options, (datagram) => this.#output.send(datagram))
    this.#answers = new AnswerMemory(this.#options)
    this.#pacer = new ReplyPacer(this.#options, (datagram) => this.#output.send(datagram))
  }

  /** The session's state. */
  get state(): ServerState {
    return this.#state
  }

  /** Number of messages sent and not acknowledged yet. */
  get openMessages(): number {
    return this.#outbox.open
  }

  /** Number of messages that wait behind them. */
  get queuedMessages(): number {
    return this.#outbox.queued
  }

  /** Handles a datagram from the peer. Never throws on its content. */
  receive(datagram: Uint8Array, now: number): void {
    checkTime(now)
    if (isFinal(this.#state)) return
    this.#now = now
    const packet = decodeClientPacket(datagram)
    switch (packet.type) {
      case 'malformed':
        this.#output.emit(packet)
        break
      case 'login':
        this.#receiveLogin(packet.bytes, now)
        break
      case 'command':
        this.#receiveCommand(packet.sequence, packet.bytes, now)
        break
      case 'acknowledgement':
        this.#receiveAcknowledgement(packet.sequence, now)
    }
  }

  /**
   * Answers a command. Has no effect if it is already answered, or after the session has ended.
   *
   * @throws {@link RconError} `reply-too-large` if it exceeds 255 parts (W14).
   */
  reply(id: number, bytes: Uint8Array): void {
    const command = this.#open.get(id)
    if (command === undefined || this.#state !== 'logged-in') return
    const { sequence } = command
    const answer = responseDatagrams(sequence, bytes, this.#options.partBytes)
    this.#open.delete(id)
    // A command of the previous login whose sequence now belongs to another command.
    if (id <= this.#lastEarlierId && this.#usedSequences.has(sequence)) return
    if (answer.length > 1)
      this.#pacer.add(answer, command.bytes, this.#now, () => this.#answers.keep(command, answer))
    else {
      this.#sendOnly(answer)
      this.#answers.keep(command, answer)
    }
  }

  /**
   * Gives up a command that will not be answered, so that it no longer counts as open. With `recognizeRepeats`, a
   * repeat of it is neither executed nor answered.
   */
  abandon(id: number): void {
    const command = this.#open.get(id)
    if (command === undefined) return
    this.#open.delete(id)
    this.#answers.keep(command, [])
  }

  /**
   * Sends a message, or queues it behind unacknowledged ones. Returns `false`, without any effect, if no peer is logged
   * in or the queue is full; a `writable` event then reports when there is room. The bytes are not copied.
   *
   * @throws {@link InvalidArgumentError} if the bytes do not fit a datagram.
   */
  sendMessage(bytes: Uint8Array, now: number): boolean {
    checkTime(now)
    if (bytes.length > MAX_MESSAGE_BYTES) throw tooManyBytes(bytes, MAX_MESSAGE_BYTES)
    if (this.#state !== 'logged-in') return false
    this.#now = now
    const taken = this.#outbox.add(bytes, now)
    if (!taken) this.#refusedBytes = Math.min(bytes.length, this.#refusedBytes ?? bytes.length)
    return taken
  }

  /** Runs expired timers. Call it at `nextTimeout()`; calling it early is harmless. */
  handleTimeout(now: number): void {
    checkTime(now)
    if (this.#state !== 'logged-in') return
    this.#now = now
    this.#pacer.handleTimeout(now)
    if (now >= this.#lastCommandAt + this.#options.clientTimeoutMs) this.#expire('silent')
    else if (!this.#outbox.handleTimeout(now)) this.#expire('unacknowledged')
  }

  /** When to call `handleTimeout` next, in ms; `undefined` if no timer is set. */
  nextTimeout(): number | undefined {
    if (this.#state !== 'logged-in') return undefined
    const at = Math.min(
      this.#outbox.nextAt,
      this.#pacer.nextAt,
      this.#lastCommandAt + this.#options.clientTimeoutMs,
    )
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  /** The datagrams to send now, in order. Call it after every input. */
  takeDatagrams(): readonly Uint8Array[] {
    return this.#output.takeDatagrams()
  }

  /** The events since the last call, in order. Call it after every input. */
  takeEvents(): readonly ServerSessionEvent[] {
    return this.#output.takeEvents()
  }

  /** Ends the session. The peer is not notified: the protocol has no packet for it. */
  close(): void {
    if (!isFinal(this.#state)) this.#move('close')
  }

  #move(move: ServerMove): void {
    const next = SERVER_MOVES[this.#state][move]
    if (next === undefined)
      throw new RconError('closed', `The session has ended (it is "${this.#state}"); create a new session`)
    this.#state = next
  }

  #receiveLogin(password: Uint8Array, now: number): void {
    if (this.#password.length === 0) return
    const accepted = isSecret(password, this.#password)
    this.#output.send(encodeServerPacket({ type: 'login', accepted }))
    if (accepted) {
      const isCopy = this.#state === 'logged-in' && this.#canBeCopy(now)
      this.#lastLoginAt = now
      if (isCopy) return
      this.#beginLogin(now)
    }
    this.#output.emit({ type: 'login', accepted })
  }

  /** Whether the login may be a repeat by a client that has no answer yet (W1): such a client has sent no command. */
  #canBeCopy(now: number): boolean {
    return this.#usedSequences.size === 0 && now - this.#lastLoginAt < LOGIN_RETRY_MS
  }

  /**
   * Forgets the commands of the earlier login, but continues the sequence of messages. A copy of the first login that a
   * command overtook looks the same, and its client would take a second message 0 for a repeat.
   */
  #beginLogin(now: number): void {
    this.#move('login')
    this.#lastCommandAt = now
    this.#lastEarlierId = this.#lastId
    this.#usedSequences.clear()
    this.#answers.clear()
    this.#pacer.clear()
  }

  #receiveCommand(sequence: number, bytes: Uint8Array, now: number): void {
    if (this.#state !== 'logged-in') return
    this.#lastCommandAt = now
    this.#usedSequences.add(sequence)
    const { maxOpenCommands, maxCommandBytes } = this.#options
    const answer = this.#answers.recall(sequence, bytes, now)
    if (answer !== undefined) {
      if (answer.length > 1) this.#pacer.add(answer, bytes, this.#now, () => {})
      else this.#sendOnly(answer)
      return
    }
    // Commands without an answer must not cost the login, so keep-alives have the same room again.
    const mostOpen = bytes.length === 0 ? 2 * maxOpenCommands : maxOpenCommands
    if (this.#open.size >= mostOpen || bytes.length > maxCommandBytes) return
    const id = ++this.#lastId
    this.#open.set(id, this.#answers.remember(id, sequence, bytes, now))
    this.#output.emit({ type: 'command', id, sequence, bytes })
  }

  /** A reply of one datagram does not wait; an answer that is not kept is empty. */
  #sendOnly([datagram]: readonly Uint8Array[]): void {
    if (datagram !== undefined) this.#output.send(datagram)
  }

  #receiveAcknowledgement(sequence: number, now: number): void {
    if (this.#state !== 'logged-in') return
    const number = this.#outbox.acknowledge(sequence, now)
    if (number === undefined) return
    this.#output.emit({ type: 'acknowledged', number, sequence })
    if (this.#refusedBytes === undefined || !this.#outbox.hasRoom(this.#refusedBytes)) return
    this.#refusedBytes = undefined
    this.#output.emit({ type: 'writable' })
  }

  #expire(reason: 'silent' | 'unacknowledged'): void {
    this.#move('expire')
    this.#output.emit({ type: 'expired', reason })
  }
}
