import { ANY_DURATION, checkNumber, checkTime } from '../check-options.js'
import { RconError, tooManyBytes } from '../errors.js'
import { Output } from '../output.js'
import { decodeServerPacket } from '../wire/decode.js'
import { encodeClientPacket } from '../wire/encode.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES, type ServerPacket } from '../wire/packet.js'
import type { ClientSessionEvent } from './client-event.js'
import { type ClientSessionOptions, clientSessionOptions } from './client-options.js'
import { CLIENT_MOVES, type ClientMove, type ClientState, isFinal } from './client-state.js'
import { type ClientStatistics, clientCounters } from './client-statistics.js'
import { CommandFlow } from './command-flow.js'
import { Deadlines } from './deadlines.js'
import { DuplicateFilter } from './duplicate-filter.js'
import type { CommandOptions } from './pending-command.js'

// Type and sequence stand before the command's text (P5).
const MAX_COMMAND_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2

/** What belongs to the state `logging-in`; in every other state it is empty, the password's datagram above all. */
interface Login {
  readonly datagram: Uint8Array
  readonly firstSentAt: number
  attempts: number
  /** Messages that have overtaken its answer (W15). */
  readonly early: SessionMessage[]
}

const NO_LOGIN: Login = { datagram: new Uint8Array(0), firstSentAt: 0, attempts: 0, early: [] }

type SessionMessage = Extract<ClientSessionEvent, { type: 'message' }>

/**
 * A client's side of one login, from its first datagram to its end, without I/O or clock. Feed it what happens, with
 * the time in ms; after every input send all of `takeDatagrams()`, handle all of `takeEvents()`, and call
 * `handleTimeout` at `nextTimeout()`. The next login is a new session on a new socket, so that nothing of the old one
 * can reach it.
 *
 * Every command is answered by exactly one `reply` or `failure` event. Nothing that is received can make it throw,
 * and what a server can make it hold is bounded (`maxReplyBytes`, `maxPartsBytes`, `maxEarlyMessages`).
 *
 * @example
 * ```ts
 * import { ClientSession, encodeText } from '@bercon/protocol'
 *
 * const session = new ClientSession()
 * session.login(encodeText('hunter2'), 0)
 * session.sendCommand(encodeText('players'), { resend: true }, 0)
 * console.log(session.takeDatagrams().length, session.nextTimeout()) // 1 1000
 * ```
 */
export class ClientSession {
  readonly #options: ClientSessionOptions
  readonly #output: Output<ClientSessionEvent> = new Output()
  readonly #counters = clientCounters()
  readonly #flow: CommandFlow
  readonly #duplicates = new DuplicateFilter()
  readonly #deadlines: Deadlines<'login' | 'loginRepeat'> = new Deadlines(['login', 'loginRepeat'])
  #state: ClientState = 'new'
  #login: Login = NO_LOGIN
  #lastId = 0

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: Partial<ClientSessionOptions> = {}) {
    this.#options = clientSessionOptions(options)
    this.#flow = new CommandFlow(this.#options, this.#output, this.#counters)
  }

  /** Where the session stands. */
  get state(): ClientState {
    return this.#state
  }

  /** What was sent and received so far. */
  get statistics(): ClientStatistics {
    const { roundTrip, inFlight, queued, partsBytes } = this.#flow
    const { smoothedMs: smoothedRoundTripMs, lastMs: lastRoundTripMs } = roundTrip
    return { ...this.#counters, smoothedRoundTripMs, lastRoundTripMs, inFlight, queued, partsBytes }
  }

  /**
   * Logs in (P4); the datagram is sent again until it is answered or `timeoutMs` have passed (W1).
   *
   * @throws {@link InvalidArgumentError} for a password with NUL or too long for a datagram, or a negative timeout.
   * @throws {@link RconError} `already-connected` for a second call.
   */
  login(password: Uint8Array, now: number, timeoutMs: number = this.#options.loginTimeoutMs): void {
    checkTime(now)
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    const datagram = encodeClientPacket({ type: 'login', bytes: password })
    this.#move('login')
    this.#login = { datagram, firstSentAt: now, attempts: 0, early: [] }
    this.#deadlines.set('login', now + timeoutMs)
    this.#sendLogin(now)
  }

  /**
   * Sends a command as soon as there is a login and a place, in the order of the calls; gives the id that its `reply`
   * or `failure` event will have. The bytes are not copied: leave them alone until then.
   *
   * @throws {@link InvalidArgumentError} for more bytes than a datagram carries, or a negative timeout.
   * @throws {@link RconError} `closed` when the session is over.
   */
  sendCommand(bytes: Uint8Array, options: CommandOptions, now: number): number {
    const { resend } = options
    const timeoutMs =
      options.timeoutMs ??
      (resend ? this.#options.resentCommandTimeoutMs : this.#options.sentOnceCommandTimeoutMs)
    checkTime(now)
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    if (bytes.length > MAX_COMMAND_BYTES) throw tooManyBytes(bytes, MAX_COMMAND_BYTES)
    if (isFinal(this.#state))
      throw new RconError('closed', `The session is over (${this.#state}); make a new one`)
    const id = ++this.#lastId
    this.#flow.add({ state: 'waiting', id, bytes, resend, addedAt: now, deadline: now + timeoutMs })
    return id
  }

  /** Gives a command up; it fails as `canceled`. Does nothing for one that is answered or unknown. */
  cancel(id: number, now: number): void {
    checkTime(now)
    this.#flow.cancel(id, now)
  }

  /** Takes in a datagram from the server. Never throws, whatever it is, at any time that is a number. */
  receive(datagram: Uint8Array, now: number): void {
    checkTime(now)
    if (this.#state === 'new' || isFinal(this.#state)) return
    this.#counters.received++
    const packet = decodeServerPacket(datagram)
    switch (packet.type) {
      case 'malformed':
        this.#counters.malformed++
        this.#output.tell(packet)
        break
      case 'login':
        this.#receiveLogin(packet.accepted, now)
        break
      case 'message':
        this.#receiveMessage(packet, now)
        break
      default:
        // Before the login nothing was asked, so that nothing can be answered.
        if (this.#state === 'logged-in') this.#flow.receive(packet, now)
        else this.#counters.unexpected++
    }
  }

  /** Does what is due; to be called at `nextTimeout()`, harmless at any other time. */
  handleTimeout(now: number): void {
    checkTime(now)
    if (isFinal(this.#state)) return
    if (this.#deadlines.take('login', now)) this.#endLogin('timeout', 'login-timed-out', now)
    else if (this.#deadlines.take('loginRepeat', now)) this.#sendLogin(now)
    if (now >= this.#flow.overAt) this.#notice(now)
    else this.#flow.handleTimeout(now)
  }

  /** When `handleTimeout` wants to be called next, in ms; nothing when nothing is due. */
  nextTimeout(): number | undefined {
    const at = Math.min(this.#deadlines.nextAt, this.#flow.nextAt)
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  /** What is to be sent now, in order; to be called after every input. */
  takeDatagrams(): readonly Uint8Array[] {
    return this.#output.takeDatagrams()
  }

  /** What has happened since the last call, in order; to be called after every input. */
  takeEvents(): readonly ClientSessionEvent[] {
    return this.#output.takeEvents()
  }

  /** Ends the session; what waits fails as `closed`. There is no log-out packet (W2). */
  close(now: number): void {
    if (isFinal(this.#state)) return
    this.#move('close')
    this.#end('closed', now)
  }

  #move(move: ClientMove): void {
    const next = CLIENT_MOVES[this.#state][move]
    if (next === undefined)
      throw new RconError(
        'already-connected',
        `The session is ${this.#state}, which does not allow "${move}"; make a new session for each login`,
      )
    this.#state = next
  }

  #sendLogin(now: number): void {
    if (this.#login.attempts++ > 0) this.#counters.resent++
    this.#counters.sent++
    this.#output.send(this.#login.datagram)
    this.#deadlines.set('loginRepeat', now + this.#options.loginResendIntervalMs)
  }

  #receiveLogin(accepted: boolean, now: number): void {
    // A login that was sent twice is answered twice; the second answer says nothing new.
    if (this.#state !== 'logging-in') return
    if (accepted) this.#beginLoggedIn(now)
    else this.#endLogin('refused', 'login-refused', now)
  }

  #beginLoggedIn(now: number): void {
    const { attempts, firstSentAt, early } = this.#login
    this.#move('accepted')
    this.#forgetLogin()
    this.#output.tell({ type: 'logged-in', attempts, elapsedMs: now - firstSentAt })
    for (const message of early) this.#output.tell(message)
    this.#flow.open(firstSentAt, now)
  }

  #receiveMessage(packet: Extract<ServerPacket, { type: 'message' }>, now: number): void {
    const { sequence, bytes } = packet
    const { early } = this.#login
    const isEarly = this.#state === 'logging-in'
    if (isEarly && early.length >= this.#options.maxEarlyMessages) return
    // First of all, so that nothing that is done with the text can cost the login (W12); a repeat too (P8).
    this.#output.send(encodeClientPacket({ type: 'acknowledgement', sequence }))
    this.#counters.sent++
    this.#counters.acknowledged++
    const number = this.#duplicates.accept(sequence, bytes)
    if (number === undefined) {
      this.#counters.repeated++
      return
    }
    this.#flow.noteMessage(number, now)
    const message: SessionMessage = { type: 'message', bytes, sequence, number }
    if (isEarly) early.push(message)
    else this.#output.tell(message)
  }

  #notice(now: number): void {
    const { unanswered, since } = this.#flow.silence
    this.#move('silence')
    this.#output.tell({ type: 'forgotten', unanswered, silentMs: now - since })
    this.#end('forgotten', now)
  }

  #endLogin(move: 'refused' | 'timeout', reason: 'login-refused' | 'login-timed-out', now: number): void {
    const { attempts, firstSentAt } = this.#login
    this.#move(move)
    this.#output.tell({ type: reason, attempts, elapsedMs: now - firstSentAt })
    this.#end(reason, now)
  }

  #end(reason: 'closed' | 'forgotten' | 'login-refused' | 'login-timed-out', now: number): void {
    this.#forgetLogin()
    this.#flow.failAll(reason, now)
  }

  /** The password is not kept longer than it is needed. */
  #forgetLogin(): void {
    this.#login = NO_LOGIN
    this.#deadlines.clear('login')
    this.#deadlines.clear('loginRepeat')
  }
}
