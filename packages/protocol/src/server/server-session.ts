import { checkTime } from '../check-options.js'
import { RconError, tooManyBytes } from '../errors.js'
import { Output } from '../output.js'
import { decodeClientPacket } from '../wire/decode.js'
import { encodeServerPacket } from '../wire/encode.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES } from '../wire/packet.js'
import { AnswerMemory, type TakenCommand } from './answer-memory.js'
import { isSecret } from './constant-time.js'
import { MessageOutbox } from './message-outbox.js'
import { ReplyPacer } from './reply-pacer.js'
import { responseDatagrams } from './response-parts.js'
import type { ServerSessionEvent } from './server-event.js'
import { type ServerSessionOptions, serverSessionOptions } from './server-options.js'
import { isFinal, SERVER_MOVES, type ServerMove, type ServerState } from './server-state.js'

// A client that has no answer yet tries its login again within this time (W1).
const LOGIN_RETRY_MS = 10_000

const MAX_MESSAGE_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2

/**
 * A server's side of one peer's login, without I/O or clock: feed it the peer's datagrams and the time in ms; after
 * every input send all of `takeDatagrams()`, handle all of `takeEvents()`, and call `handleTimeout` at
 * `nextTimeout()`.
 *
 * Nothing that is received can make it throw, and what a peer can make it hold is bounded: messages by
 * `maxQueuedMessages` and `maxQueuedBytes` with 65 under way, answers by `maxAnswerBytes`, replies that wait for
 * their turn by `maxPacedBytes` and the newest one, commands by
 * `maxOpenCommands`, of `maxCommandBytes` each, with 128 more remembered for repeats.
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
  // The commands that are not answered yet, by id.
  readonly #open = new Map<number, TakenCommand>()
  // Of the last input that had a time; a reply has none.
  #now = 0
  #state: ServerState = 'waiting'
  // When the login came, then when the last command packet did.
  #lastCommandAt = Number.NEGATIVE_INFINITY
  #lastLoginAt = Number.NEGATIVE_INFINITY
  #lastId = 0
  // The last command of the login before this one, and the sequences that this one has used.
  #lastEarlierId = 0
  readonly #usedSequences = new Set<number>()
  // Of the shortest message that was refused since the last `writable`.
  #refusedBytes: number | undefined

  /**
   * A session that accepts `password`; with an empty one it answers nothing at all, as real servers do (P4).
   *
   * @throws {@link InvalidArgumentError} naming an option that is out of range or unknown.
   */
  constructor(password: Uint8Array, options: Partial<ServerSessionOptions> = {}) {
    this.#password = password
    this.#options = serverSessionOptions(options)
    this.#outbox = new MessageOutbox(this.#options, (datagram) => this.#output.send(datagram))
    this.#answers = new AnswerMemory(this.#options)
    this.#pacer = new ReplyPacer(this.#options, (datagram) => this.#output.send(datagram))
  }

  /** Where the session stands. */
  get state(): ServerState {
    return this.#state
  }

  /** Messages under way and not acknowledged yet. */
  get openMessages(): number {
    return this.#outbox.open
  }

  /** Messages that wait behind them. */
  get queuedMessages(): number {
    return this.#outbox.queued
  }

  /** Takes in a datagram from the peer. Never throws, whatever it is. */
  receive(datagram: Uint8Array, now: number): void {
    checkTime(now)
    if (isFinal(this.#state)) return
    this.#now = now
    const packet = decodeClientPacket(datagram)
    switch (packet.type) {
      case 'malformed':
        this.#output.tell(packet)
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
   * Answers a command. Does nothing for one that is answered, and after the session's end.
   *
   * @throws {@link RconError} `reply-too-large` when 255 parts cannot hold it (W14).
   */
  reply(id: number, bytes: Uint8Array): void {
    const command = this.#open.get(id)
    if (command === undefined || this.#state !== 'logged-in') return
    const { sequence } = command
    const answer = responseDatagrams(sequence, bytes, this.#options.partBytes)
    this.#open.delete(id)
    // Of a command of the login before: its sequence belongs to another command now, whose answer this is not.
    if (id <= this.#lastEarlierId && this.#usedSequences.has(sequence)) return
    if (answer.length > 1)
      this.#pacer.add(answer, command.bytes, this.#now, () => this.#answers.keep(command, answer))
    else {
      this.#sendOnly(answer)
      this.#answers.keep(command, answer)
    }
  }

  /**
   * Gives a command up that will not be answered: it counts as open no longer. With `recognizeRepeats` a repeat of it is
   * neither executed nor answered.
   */
  abandon(id: number): void {
    const command = this.#open.get(id)
    if (command === undefined) return
    this.#open.delete(id)
    this.#answers.keep(command, [])
  }

  /**
   * Sends a message, at once or when those before it are acknowledged; `false`, and nothing done, when the queue is
   * full (an event `writable` says when there is room again) or nobody is logged in. The bytes are not copied.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries.
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

  /** Does what is due; to be called at `nextTimeout()`, harmless at any other time. */
  handleTimeout(now: number): void {
    checkTime(now)
    if (this.#state !== 'logged-in') return
    this.#now = now
    this.#pacer.handleTimeout(now)
    if (now >= this.#lastCommandAt + this.#options.clientTimeoutMs) this.#expire('silent')
    else if (!this.#outbox.handleTimeout(now)) this.#expire('unacknowledged')
  }

  /** When `handleTimeout` wants to be called next, in ms; nothing when nothing is due. */
  nextTimeout(): number | undefined {
    if (this.#state !== 'logged-in') return undefined
    const at = Math.min(
      this.#outbox.nextAt,
      this.#pacer.nextAt,
      this.#lastCommandAt + this.#options.clientTimeoutMs,
    )
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  /** What is to be sent now, in order; to be called after every input. */
  takeDatagrams(): readonly Uint8Array[] {
    return this.#output.takeDatagrams()
  }

  /** What has happened since the last call, in order; to be called after every input. */
  takeEvents(): readonly ServerSessionEvent[] {
    return this.#output.takeEvents()
  }

  /** Ends the session without a word: the protocol has no packet for it. */
  close(): void {
    if (!isFinal(this.#state)) this.#move('close')
  }

  #move(move: ServerMove): void {
    const next = SERVER_MOVES[this.#state][move]
    if (next === undefined)
      throw new RconError(
        'closed',
        `The session is ${this.#state}, which does not allow "${move}"; make a new one`,
      )
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
    this.#output.tell({ type: 'login', accepted })
  }

  /** Whether the client may just not have got the answer yet (W1): it sends no command before it has. */
  #canBeCopy(now: number): boolean {
    return this.#usedSequences.size === 0 && now - this.#lastLoginAt < LOGIN_RETRY_MS
  }

  /**
   * Nothing of an earlier login is recalled. Messages go on with their sequence: a copy of the first login that was
   * overtaken by a command looks the same, and its client would take a second message 0 for a repeat.
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
    // Commands that nobody answers must not cost the login: keep-alives have as much room again.
    const mostOpen = bytes.length === 0 ? 2 * maxOpenCommands : maxOpenCommands
    if (this.#open.size >= mostOpen || bytes.length > maxCommandBytes) return
    const id = ++this.#lastId
    this.#open.set(id, this.#answers.remember(id, sequence, bytes, now))
    this.#output.tell({ type: 'command', id, sequence, bytes })
  }

  /** What is one datagram waits for nothing; an answer that is not kept is none. */
  #sendOnly([datagram]: readonly Uint8Array[]): void {
    if (datagram !== undefined) this.#output.send(datagram)
  }

  #receiveAcknowledgement(sequence: number, now: number): void {
    if (this.#state !== 'logged-in') return
    const number = this.#outbox.acknowledge(sequence, now)
    if (number === undefined) return
    this.#output.tell({ type: 'acknowledged', number, sequence })
    if (this.#refusedBytes === undefined || !this.#outbox.hasRoom(this.#refusedBytes)) return
    this.#refusedBytes = undefined
    this.#output.tell({ type: 'writable' })
  }

  #expire(reason: 'silent' | 'unacknowledged'): void {
    this.#move('expire')
    this.#output.tell({ type: 'expired', reason })
  }
}
