import {
  battleye,
  type ClientSessionOptions,
  type ClientState,
  type ClientStatistics,
  CONNECTION_DEFAULTS,
  checkNumber,
  decodeText,
  encodeText,
  InvalidArgumentError,
  MAX_COMMAND_BYTES,
  type Session,
  type SessionEvent,
  type SessionFailure,
} from '@bercon/core'
import { confirmingCommand, documentedSpelling, isListing } from './known-output.js'
import { MessageLedger } from './message-ledger.js'
import { RconDetection } from './rcon-detection.js'
import type { ReforgerOptions } from './reforger-options.js'
import { type MessageEvent, sortMessage } from './sorted-message.js'
import { Turn, type TurnHost, type TurnRequest } from './turn.js'
import { TurnQueue } from './turn-queue.js'

type FailureReason = SessionFailure['reason']

// What the session asks on its own account, to tell the RCON apart; nobody waits for it.
const PROBE_ID = -1
const PROBE = 'players'
const KEEP_ALIVE_ID = 0
// An echo that was lost has come again by then.
const ECHO_PATIENCE_MS = 6_000
const LOGOUT = encodeText('@logout')

const END_REASONS: { readonly [State in ClientState]?: FailureReason } = {
  refused: 'login-refused',
  'timed-out': 'login-timed-out',
  forgotten: 'forgotten',
  closed: 'closed',
}

/**
 * A session with a Reforger server, around one of BattlEye's that does the login, the sending and the acknowledging.
 * Commands take turns, one at a time, and each is answered by exactly one `reply` or `failure`. On a server with
 * BattlEye's RCON everything passes through as it is.
 */
export class ReforgerSession implements Session {
  readonly #inner: Session
  readonly #options: ReforgerOptions
  readonly #timeouts: { readonly resend: number; readonly once: number }
  readonly #host: TurnHost
  readonly #detection: RconDetection
  readonly #queue = new TurnQueue()
  readonly #ledger = new MessageLedger()
  // Of the commands that pass through: our ids by the ids of the session below.
  readonly #passing = new Map<number, number>()
  readonly #events: SessionEvent[] = []
  #turn: Turn | undefined
  // Messages between these numbers are of a second command's output, whenever they come.
  #discarded = { after: -1, upTo: -1 }
  #lastId = 0
  #takesBothSpellings = true

  constructor(options: ReforgerOptions, sessionOptions: Partial<ClientSessionOptions>) {
    this.#inner = battleye.createSession(sessionOptions)
    this.#options = options
    const { resendTimeoutMs, onceTimeoutMs, maxReplyBytes } = { ...CONNECTION_DEFAULTS, ...sessionOptions }
    this.#timeouts = { resend: resendTimeoutMs, once: onceTimeoutMs }
    this.#detection = new RconDetection(options)
    this.#host = {
      quietMs: options.quietMs,
      maxBytes: maxReplyBytes,
      ledger: this.#ledger,
      echoPatienceMs: Math.max(ECHO_PATIENCE_MS, 3 * options.quietMs),
      confirmingCommand: (command) => confirmingCommand(command, this.#takesBothSpellings),
      confirmationIgnored: (command) => {
        if (documentedSpelling(command) !== command) this.#takesBothSpellings = false
      },
      send: (bytes, resend, deadline, now) =>
        this.#inner.sendCommand(bytes, { resend, timeoutMs: Math.max(0, deadline - now) }, now),
      cancel: (sending, now) => this.#inner.cancel(sending, now),
      tell: (event) => this.#tell(event),
      release: (message) => this.#release(message),
    }
  }

  get state(): ClientState {
    return this.#inner.state
  }

  get statistics(): ClientStatistics {
    const statistics = this.#inner.statistics
    return { ...statistics, queued: statistics.queued + this.#queue.size }
  }

  login(password: Uint8Array, now: number, timeoutMs?: number): void {
    this.#inner.login(password, now, timeoutMs)
  }

  /** @throws {@link InvalidArgumentError}, {@link RconError} as a `ClientSession` does. */
  sendCommand(bytes: Uint8Array, options: Parameters<Session['sendCommand']>[1], now: number): number {
    const { resend, timeoutMs = resend ? this.#timeouts.resend : this.#timeouts.once } = options
    checkNumber('timeoutMs', timeoutMs, { min: 0, max: Number.POSITIVE_INFINITY })
    if (bytes.length > MAX_COMMAND_BYTES)
      throw new InvalidArgumentError('bytes', bytes, `at most ${MAX_COMMAND_BYTES} bytes`)
    // The session below knows how to refuse.
    if (END_REASONS[this.state] !== undefined) return this.#inner.sendCommand(bytes, options, now)
    const command = decodeText(bytes)
    const whole = this.#options.checkEnd && (options.whole ?? isListing(command))
    const id = ++this.#lastId
    this.#queue.push({ id, bytes, command, resend, whole, addedAt: now, deadline: now + timeoutMs })
    this.#advance(now)
    return id
  }

  cancel(id: number, now: number): void {
    const waiting = this.#queue.remove(id)
    if (waiting !== undefined) this.#failUnsent(waiting, 'cancelled', now)
    if (this.#turn?.request.id === id) this.#turn.fail('cancelled', now)
    for (const [below, ours] of this.#passing) if (ours === id) this.#inner.cancel(below, now)
    this.#advance(now)
  }

  receive(datagram: Uint8Array, now: number): void {
    this.#inner.receive(datagram, now)
    this.#advance(now)
  }

  handleTimeout(now: number): void {
    this.#inner.handleTimeout(now)
    this.#takeInner(now)
    this.#turn?.handleTimeout(now)
    for (const request of this.#queue.takeDue(now)) this.#failUnsent(request, 'timed-out', now)
    if (this.#detection.takeProbe(now)) this.#probe(now)
    this.#advance(now)
  }

  nextTimeout(): number | undefined {
    const turnAt = this.#turn?.nextAt ?? Number.POSITIVE_INFINITY
    const innerAt = this.#inner.nextTimeout() ?? Number.POSITIVE_INFINITY
    const at = Math.min(turnAt, innerAt, this.#queue.nextAt, this.#detection.probeAt)
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  takeDatagrams(): readonly Uint8Array[] {
    return this.#inner.takeDatagrams()
  }

  takeEvents(): readonly SessionEvent[] {
    return this.#events.splice(0)
  }

  /** The built-in RCON has 16 seats at most, and frees this one at once; of BattlEye's no such command is known. */
  leave(now: number): void {
    if (this.#detection.rcon === 'built-in') this.#inner.sendCommand(LOGOUT, { resend: false }, now)
  }

  close(now: number): void {
    this.#inner.close(now)
    this.#advance(now)
  }

  #tell(event: SessionEvent): void {
    const isAnswer = event.type === 'reply' || event.type === 'failure'
    if (!isAnswer || event.id !== PROBE_ID) this.#events.push(event)
  }

  /** Does whatever has become possible. */
  #advance(now: number): void {
    this.#takeInner(now)
    for (;;) {
      this.#endTurn()
      if (this.state !== 'logged-in' || this.#turn !== undefined) break
      if (this.#detection.rcon === undefined) break
      const request = this.#queue.shift()
      if (request === undefined) break
      if (this.#detection.rcon === 'battleye') this.#passOn(request, now)
      else this.#turn = new Turn(documented(request), this.#host, now)
      this.#takeInner(now)
    }
    const reason = END_REASONS[this.state]
    if (reason !== undefined) this.#failAll(reason, now)
  }

  #takeInner(now: number): void {
    for (let events = this.#inner.takeEvents(); events.length > 0; events = this.#inner.takeEvents())
      for (const event of events) this.#handle(event, now)
  }

  #handle(event: SessionEvent, now: number): void {
    switch (event.type) {
      case 'message':
        this.#receiveMessage(event, now)
        break
      case 'reply':
      case 'failure':
        this.#receiveAnswer(event, now)
        break
      case 'logged-in':
        this.#detection.loggedIn(now)
        this.#tell(event)
        break
      default:
        this.#tell(event)
    }
  }

  #receiveMessage(event: MessageEvent, now: number): void {
    this.#detection.receiveMessage(event)
    if (this.#detection.rcon === 'battleye') {
      this.#tell(event)
      return
    }
    const message = sortMessage(event)
    this.#ledger.add(message)
    // A turn tells the lines itself, because some are none.
    if (this.#turn?.wants(event.number)) this.#turn.receive(message, now)
    else if (message.kind === 'line') this.#tell(event)
    else this.#release(event)
  }

  #release(event: MessageEvent): void {
    const { after, upTo } = this.#discarded
    if (event.number <= after || event.number > upTo) this.#tell(event)
  }

  #receiveAnswer(event: Extract<SessionEvent, { type: 'reply' | 'failure' }>, now: number): void {
    const ours = this.#passing.get(event.id)
    if (ours !== undefined) {
      this.#passing.delete(event.id)
      this.#tell({ ...event, id: ours })
      return
    }
    if (event.id === KEEP_ALIVE_ID) this.#tell(event)
    else if (event.type === 'failure') this.#turn?.receiveFailure(event, now)
    else {
      const isProbe = this.#turn?.request.id === PROBE_ID
      if (isProbe) this.#detection.receivePlayersReply(event.bytes)
      this.#turn?.receiveReply(event, now)
      // It need not be allowed there, and is nobody's.
      if (isProbe) this.#turn?.expectEcho(now)
    }
  }

  #probe(now: number): void {
    const probe = { id: PROBE_ID, command: PROBE, bytes: encodeText(PROBE), resend: true, whole: false }
    this.#turn = new Turn({ ...probe, addedAt: now, deadline: Number.POSITIVE_INFINITY }, this.#host, now)
  }

  #passOn({ id, bytes, resend, deadline }: TurnRequest, now: number): void {
    const options = { resend, timeoutMs: Math.max(0, deadline - now) }
    this.#passing.set(this.#inner.sendCommand(bytes, options, now), id)
  }

  #endTurn(): void {
    if (this.#turn?.state === 'draining')
      this.#discarded = { after: this.#turn.drainedAfter, upTo: this.#ledger.newest }
    if (this.#turn?.state === 'over') this.#turn = undefined
  }

  #failUnsent({ id, addedAt }: TurnRequest, reason: FailureReason, now: number): void {
    const elapsedMs = now - addedAt
    this.#tell({ type: 'failure', id, reason, outcome: 'not-sent', attempts: 0, elapsedMs })
  }

  #failAll(reason: FailureReason, now: number): void {
    this.#turn?.fail(reason, now)
    this.#turn = undefined
    for (const request of this.#queue.takeAll()) this.#failUnsent(request, reason, now)
  }
}

function documented(request: TurnRequest): TurnRequest {
  const command = documentedSpelling(request.command)
  return command === request.command ? request : { ...request, command, bytes: encodeText(command) }
}
