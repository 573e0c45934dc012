import { CONNECTION_DEFAULTS } from '@bercon/core'
import {
  battleye,
  type ClientSessionOptions,
  type ClientState,
  type ClientStatistics,
  checkNumber,
  decodeText,
  encodeText,
  MAX_COMMAND_BYTES,
  type Session,
  type SessionEvent,
  type SessionFailure,
  tooManyBytes,
} from '@bercon/core/kit'
import { type Errand, Errands } from './errands.js'
import { isListing } from './known-output.js'
import { documentedSpelling, ListSpelling } from './list-spelling.js'
import { MessageLedger } from './message-ledger.js'
import { RconDetection } from './rcon-detection.js'
import type { ReforgerOptions } from './reforger-options.js'
import { type SessionMessage, type SortedMessage, sortMessage } from './sorted-message.js'
import { Turn, type TurnSettings } from './turn.js'
import type { Answer, TurnAction } from './turn-action.js'
import { TurnQueue, type TurnRequest } from './turn-queue.js'

type FailureReason = SessionFailure['reason']
type AnswerEvent = Extract<SessionEvent, { readonly type: 'reply' | 'failure' }>

const PROBE = {
  id: 'probe',
  command: 'players',
  bytes: encodeText('players'),
  resend: true,
  verifyEnd: false,
  deadline: Number.POSITIVE_INFINITY,
} as const
const KEEP_ALIVE_ID = 0
// A lost echo has arrived again by then.
const ECHO_TIMEOUT_MS = 6_000
const LOGOUT = encodeText('@logout')

const END_REASONS: { readonly [State in ClientState]?: FailureReason } = {
  refused: 'login-refused',
  'timed-out': 'login-timed-out',
  forgotten: 'forgotten',
  closed: 'closed',
}

/**
 * A session with a Reforger server, around a BattlEye session that logs in, sends and acknowledges. Commands take turns,
 * one at a time, and each is answered by exactly one `reply` or `failure`. On a server with BattlEye's RCON everything
 * passes through unchanged.
 */
export class ReforgerSession implements Session {
  readonly #inner: Session
  readonly #verifyEnd: boolean
  readonly #timeouts: { readonly resend: number; readonly once: number }
  readonly #turnSettings: TurnSettings
  readonly #detection: RconDetection
  readonly #queue = new TurnQueue()
  readonly #ledger = new MessageLedger()
  readonly #errands: Errands
  readonly #events: SessionEvent[] = []
  #turn: Turn | undefined
  #lastId = 0

  constructor(options: ReforgerOptions, sessionOptions: Partial<ClientSessionOptions>) {
    const { resentCommandTimeoutMs, sentOnceCommandTimeoutMs, maxReplyBytes } = {
      ...CONNECTION_DEFAULTS,
      ...sessionOptions,
    }
    const { completeAfterMs, verifyEnd } = options
    this.#inner = battleye.createSession(sessionOptions)
    this.#errands = new Errands(this.#inner)
    this.#verifyEnd = verifyEnd
    this.#timeouts = { resend: resentCommandTimeoutMs, once: sentOnceCommandTimeoutMs }
    this.#detection = new RconDetection(options)
    this.#turnSettings = {
      completeAfterMs,
      echoTimeoutMs: Math.max(ECHO_TIMEOUT_MS, 3 * completeAfterMs),
      maxBytes: maxReplyBytes,
      ledger: this.#ledger,
      spelling: new ListSpelling(),
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

  /** @throws {@link InvalidArgumentError}, {@link RconError} like `ClientSession`. */
  sendCommand(
    given: Uint8Array | string,
    options: Parameters<Session['sendCommand']>[1],
    now: number,
  ): number {
    const { resend, timeoutMs = resend ? this.#timeouts.resend : this.#timeouts.once } = options
    checkNumber('timeoutMs', timeoutMs, { min: 0, max: Number.POSITIVE_INFINITY })
    const bytes = typeof given === 'string' ? encodeText(given) : given
    if (bytes.length > MAX_COMMAND_BYTES) throw tooManyBytes(bytes, MAX_COMMAND_BYTES)
    // The inner session refuses it properly.
    if (END_REASONS[this.state] !== undefined) return this.#inner.sendCommand(bytes, options, now)
    const command = decodeText(bytes)
    const verifyEnd = this.#verifyEnd && (options.verifyEnd ?? isListing(command))
    const id = ++this.#lastId
    this.#queue.push({ id, bytes, command, resend, verifyEnd, addedAt: now, deadline: now + timeoutMs })
    this.#advance(now)
    return id
  }

  cancel(id: number, now: number): void {
    const waiting = this.#queue.remove(id)
    if (waiting !== undefined) this.#failUnsent(waiting, 'canceled', now)
    if (this.#turn?.request.id === id) this.#turn.fail('canceled', now)
    this.#errands.stop((errand) => errand.for === 'caller' && errand.id === id, now)
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
    this.#carryOut(now)
    for (const request of this.#queue.takeDue(now)) this.#failUnsent(request, 'timed-out', now)
    if (this.#detection.takeProbe(now)) this.#turn = new Turn({ ...PROBE, addedAt: now }, this.#turnSettings)
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

  /**
   * The built-in RCON accepts at most 16 clients, and frees the place at once; no logout of BattlEye's RCON is known.
   */
  leave(now: number): void {
    if (this.#detection.rcon === 'built-in') this.#inner.sendCommand(LOGOUT, { resend: false }, now)
  }

  close(now: number): void {
    this.#inner.close(now)
    this.#advance(now)
  }

  /** Makes all progress that is possible now. */
  #advance(now: number): void {
    this.#carryOut(now)
    this.#takeInner(now)
    for (let request = this.#takeNext(); request !== undefined; request = this.#takeNext()) {
      if (this.#detection.rcon === 'battleye')
        this.#errands.send({ for: 'caller', id: request.id }, request, now)
      else this.#turn = new Turn(documented(request), this.#turnSettings)
      this.#carryOut(now)
      this.#takeInner(now)
    }
  }

  /** The command whose turn has come. */
  #takeNext(): TurnRequest | undefined {
    if (this.#turn?.state === 'draining') this.#ledger.discardBehind(this.#turn.endAt)
    if (this.#turn?.state === 'over') this.#turn = undefined
    const isFree = this.state === 'logged-in' && this.#turn === undefined
    return isFree && this.#detection.rcon !== undefined ? this.#queue.shift() : undefined
  }

  /** Handles the events of the inner session; when it ends, all waiting commands fail with it. */
  #takeInner(now: number): void {
    for (let events = this.#inner.takeEvents(); events.length > 0; events = this.#inner.takeEvents())
      for (const event of events) {
        this.#handle(event, now)
        this.#carryOut(now)
      }
    const reason = END_REASONS[this.state]
    if (reason !== undefined) this.#failAll(reason, now)
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
        this.#events.push(event)
        break
      default:
        this.#events.push(event)
    }
  }

  #receiveMessage(event: SessionMessage, now: number): void {
    this.#detection.receiveMessage(event)
    if (this.#detection.rcon === 'battleye') {
      this.#events.push(event)
      return
    }
    const message = sortMessage(event)
    this.#ledger.add(message)
    // A turn returns every message that is not output.
    if (this.#turn?.wants(event.number)) this.#turn.receive(message, now)
    else this.#release(message)
  }

  #receiveAnswer(event: AnswerEvent, now: number): void {
    if (event.id === KEEP_ALIVE_ID) this.#events.push(event)
    const errand = this.#errands.take(event.id)
    if (errand?.for === 'caller') this.#answer(errand.id, event)
    if (errand?.for !== 'turn') return
    const { turn, sending } = errand
    if (event.type === 'failure') turn.receiveFailure(sending, event, now)
    else {
      if (turn.request.id === 'probe') this.#detection.receivePlayersReply(event.bytes)
      turn.receiveReply(sending, event, now)
    }
  }

  #carryOut(now: number): void {
    const turn = this.#turn
    if (turn !== undefined) for (const action of turn.takeActions()) this.#act(turn, action, now)
  }

  #act(turn: Turn, action: TurnAction, now: number): void {
    const { id, deadline } = turn.request
    switch (action.type) {
      case 'send':
        this.#errands.send({ for: 'turn', turn, sending: action.sending }, { ...action, deadline }, now)
        break
      case 'stop':
        this.#errands.stop((errand) => isOf(turn, errand) && errand.sending === action.sending, now)
        break
      case 'answer':
        this.#answer(id, action.answer)
        break
      case 'give-back':
        this.#release(action.message)
    }
  }

  #answer(id: TurnRequest['id'], answer: Answer): void {
    if (id !== 'probe') this.#events.push({ ...answer, id })
  }

  #release({ kind, event }: SortedMessage): void {
    if (kind === 'line' || !this.#ledger.isDiscarded(event.number)) this.#events.push(event)
  }

  #failUnsent({ id, addedAt }: TurnRequest, reason: FailureReason, now: number): void {
    const elapsedMs = now - addedAt
    this.#answer(id, { type: 'failure', reason, outcome: 'not-sent', attempts: 0, elapsedMs })
  }

  #failAll(reason: FailureReason, now: number): void {
    this.#turn?.fail(reason, now)
    this.#carryOut(now)
    this.#turn = undefined
    for (const request of this.#queue.takeAll()) this.#failUnsent(request, reason, now)
    this.#detection.stop()
  }
}

function isOf(turn: Turn, errand: Errand): errand is Extract<Errand, { readonly for: 'turn' }> {
  return errand.for === 'turn' && errand.turn === turn
}

function documented(request: TurnRequest): TurnRequest {
  const command = documentedSpelling(request.command)
  return command === request.command ? request : { ...request, command, bytes: encodeText(command) }
}
