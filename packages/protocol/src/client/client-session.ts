import { ANY_DURATION, checkNumber, checkTime } from '../check-options.js'
import { RconError, tooManyBytes } from '../errors.js'
import { Output } from '../output.js'
import { encodeText } from '../text/text.js'
import { decodeServerPacket } from '../wire/decode.js'
import { checkBytes, encodeAcknowledgement, encodeClientPacket } from '../wire/encode.js'
import { statedChecksum } from '../wire/frame.js'
import { HEADER_BYTES, MAX_DATAGRAM_BYTES, type ServerPacket } from '../wire/packet.js'
import type { ClientSessionEvent } from './client-event.js'
import { type ClientSessionOptions, clientSessionOptions } from './client-options.js'
import { CLIENT_MOVES, type ClientMove, type ClientState, isFinal } from './client-state.js'
import { type ClientStatistics, clientCounters } from './client-statistics.js'
import { CommandFlow } from './command-flow.js'
import { Deadlines } from './deadlines.js'
import { DuplicateFilter } from './duplicate-filter.js'
import { type CommandOptions, waitingCommand } from './pending-command.js'

// The type and the sequence precede the command's text (P5).
const MAX_COMMAND_BYTES = MAX_DATAGRAM_BYTES - HEADER_BYTES - 2
// A UTF-16 unit takes at most three bytes.
const SURELY_SHORT = Math.floor(MAX_COMMAND_BYTES / 3)

/** Data of the state `logging-in`. Every other state empties it, so the password's datagram is not kept. */
interface Login {
  readonly datagram: Uint8Array
  readonly firstSentAt: number
  attempts: number
  /** Messages that arrived before the answer to the login (W15). */
  readonly early: SessionMessage[]
}

const NO_LOGIN: Login = { datagram: new Uint8Array(0), firstSentAt: 0, attempts: 0, early: [] }

type SessionMessage = Extract<ClientSessionEvent, { type: 'message' }>

/**
 * The client's side of one login, from its first datagram to its end, without I/O or clock. Call its methods with the
 * time in ms. After each call send all of `takeDatagrams()`, handle all of `takeEvents()`, and call `handleTimeout` at
 * `nextTimeout()`. Use a new session on a new socket for the next login, so that no late datagram can reach it.
 *
 * Each command ends in exactly one `reply` or `failure` event. Received data never makes the session throw, and
 * `maxReplyBytes`, `maxPartsBytes` and `maxEarlyMessages` limit the memory that a server can make it use.
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

  /** @throws {@link InvalidArgumentError} naming an option that is unknown or out of range. */
  constructor(options: Partial<ClientSessionOptions> = {}) {
    this.#options = clientSessionOptions(options)
    this.#flow = new CommandFlow(this.#options, this.#output, this.#counters)
  }

  /** The session's state. */
  get state(): ClientState {
    return this.#state
  }

  /** Counters of what was sent and received, and measurements. */
  get statistics(): ClientStatistics {
    const { roundTrip, inFlight, queued, partsBytes } = this.#flow
    const { smoothedMs: smoothedRoundTripMs, lastMs: lastRoundTripMs } = roundTrip
    const { sent, resent, received, repeated, malformed, unexpected, acknowledged } = this.#counters
    return {
      sent,
      resent,
      received,
      repeated,
      malformed,
      unexpected,
      acknowledged,
      smoothedRoundTripMs,
      lastRoundTripMs,
      inFlight,
      queued,
      partsBytes,
    }
  }

  /**
   * Logs in (P4). The datagram is sent again until the server answers or `timeoutMs` passes (W1).
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
   * Sends a command once the session is logged in and fewer than `maxInFlight` are in flight, in the order of the
   * calls. Returns the id of its `reply` or `failure` event. A text is sent as
   * UTF-8. Bytes are not copied: do not change them until then.
   *
   * @throws {@link InvalidArgumentError} if the bytes do not fit a datagram, or for a negative timeout.
   * @throws {@link RconError} `closed` if the session has ended.
   */
  sendCommand(command: Uint8Array | string, options: CommandOptions, now: number): number {
    const { resend } = options
    const timeoutMs =
      options.timeoutMs ??
      (resend ? this.#options.resentCommandTimeoutMs : this.#options.sentOnceCommandTimeoutMs)
    checkTime(now)
    checkNumber('timeoutMs', timeoutMs, ANY_DURATION)
    const body =
      typeof command === 'string' && command.length <= SURELY_SHORT ? command : checkedBytes(command)
    if (this.#state !== 'logged-in' && isFinal(this.#state))
      throw new RconError(
        'closed',
        `The session has ended (it is "${this.#state}"), so the command was not sent; create a new session`,
      )
    const id = ++this.#lastId
    this.#flow.add(waitingCommand(id, body, resend, { addedAt: now, deadline: now + timeoutMs }))
    return id
  }

  /** Cancels a command, which fails as `canceled`. Has no effect on one that is answered or unknown. */
  cancel(id: number, now: number): void {
    checkTime(now)
    this.#flow.cancel(id, now)
  }

  /** Handles a datagram from the server. Never throws on its content, only if `now` is not a number. */
  receive(datagram: Uint8Array, now: number): void {
    checkTime(now)
    if (this.#state !== 'logged-in' && (this.#state === 'new' || isFinal(this.#state))) return
    this.#counters.received++
    const packet = decodeServerPacket(datagram)
    switch (packet.type) {
      case 'malformed':
        this.#counters.malformed++
        this.#output.emit(packet)
        break
      case 'login':
        this.#receiveLogin(packet.accepted, now)
        break
      case 'message':
        this.#receiveMessage(packet, statedChecksum(datagram), now)
        break
      default:
        // Before the login no command was sent, so no response can belong to one.
        if (this.#state === 'logged-in') this.#flow.receive(packet, now)
        else this.#counters.unexpected++
    }
  }

  /** Runs expired timers. Call it at `nextTimeout()`; calling it early is harmless. */
  handleTimeout(now: number): void {
    checkTime(now)
    if (isFinal(this.#state)) return
    if (this.#deadlines.take('login', now)) this.#endLogin('timeout', 'login-timed-out', now)
    else if (this.#deadlines.take('loginRepeat', now)) this.#sendLogin(now)
    if (now >= this.#flow.overAt) this.#notice(now)
    else this.#flow.handleTimeout(now)
  }

  /** When to call `handleTimeout` next, in ms; `undefined` if no timer is set. */
  nextTimeout(): number | undefined {
    const at = Math.min(this.#deadlines.nextAt, this.#flow.nextAt)
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  /** The datagrams to send now, in order. Call it after every input. */
  takeDatagrams(): readonly Uint8Array[] {
    return this.#output.takeDatagrams()
  }

  /** The events since the last call, in order. Call it after every input. */
  takeEvents(): readonly ClientSessionEvent[] {
    return this.#output.takeEvents()
  }

  /** Ends the session; unanswered commands fail as `closed`. The protocol has no logout packet (W2). */
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
        `A session logs in only once, and this one is "${this.#state}" already; create a new session for each login`,
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
    // The server answers a repeated login twice; the second answer changes nothing.
    if (this.#state !== 'logging-in') return
    if (accepted) this.#beginLoggedIn(now)
    else this.#endLogin('refused', 'login-refused', now)
  }

  #beginLoggedIn(now: number): void {
    const { attempts, firstSentAt, early } = this.#login
    this.#move('accepted')
    this.#forgetLogin()
    this.#output.emit({ type: 'logged-in', attempts, elapsedMs: now - firstSentAt })
    for (const message of early) this.#output.emit(message)
    this.#flow.open(firstSentAt, now)
  }

  #receiveMessage(
    { sequence, bytes }: Extract<ServerPacket, { type: 'message' }>,
    checksum: number,
    now: number,
  ): void {
    const { early } = this.#login
    const isEarly = this.#state === 'logging-in'
    if (isEarly && early.length >= this.#options.maxEarlyMessages) return
    // Acknowledge first, also a repeat (P8), so that no failure in handling the text can cost the login (W12).
    this.#output.send(encodeAcknowledgement(sequence))
    this.#counters.sent++
    this.#counters.acknowledged++
    const number = this.#duplicates.accept(sequence, checksum)
    if (number === undefined) {
      this.#counters.repeated++
      return
    }
    this.#flow.noteMessage(number, now)
    const message: SessionMessage = { type: 'message', bytes, sequence, number }
    if (isEarly) early.push(message)
    else this.#output.emit(message)
  }

  #notice(now: number): void {
    // Its own time has passed too if the timers of a busy process are late.
    this.#flow.silence.handleTimeout(now)
    const { unanswered, since } = this.#flow.silence
    this.#move('silence')
    this.#output.emit({ type: 'forgotten', unanswered, silentMs: now - since })
    this.#end('forgotten', now)
  }

  #endLogin(move: 'refused' | 'timeout', reason: 'login-refused' | 'login-timed-out', now: number): void {
    const { attempts, firstSentAt } = this.#login
    this.#move(move)
    this.#output.emit({ type: reason, attempts, elapsedMs: now - firstSentAt })
    this.#end(reason, now)
  }

  #end(reason: 'closed' | 'forgotten' | 'login-refused' | 'login-timed-out', now: number): void {
    this.#forgetLogin()
    this.#flow.failAll(reason, now)
  }

  /** The password is kept no longer than needed. */
  #forgetLogin(): void {
    this.#login = NO_LOGIN
    this.#deadlines.clear('login')
    this.#deadlines.clear('loginRepeat')
  }
}

function checkedBytes(command: Uint8Array | string): Uint8Array {
  const bytes = typeof command === 'string' ? encodeText(command) : command
  checkBytes(bytes)
  if (bytes.length > MAX_COMMAND_BYTES) throw tooManyBytes(bytes, MAX_COMMAND_BYTES)
  return bytes
}
