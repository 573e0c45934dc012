import { encodeText, type Outcome, type SessionEvent, type SessionFailure } from '@bercon/core'
import { joinChunks } from '../joined-chunks.js'
import { endOfOutput } from './known-output.js'
import type { MessageLedger } from './message-ledger.js'
import { OutputCollector } from './output-collector.js'
import type { MessageEvent, SortedMessage } from './sorted-message.js'
import { TURN_MOVES, type TurnMove, type TurnState } from './turn-state.js'

/** A command from the call to its reply or failure. */
export interface TurnRequest {
  readonly id: number
  readonly bytes: Uint8Array
  readonly command: string
  readonly resend: boolean
  /** Whether the end of the output is made sure by a second command. */
  readonly whole: boolean
  readonly addedAt: number
  readonly deadline: number
}

/** What a turn asks of its session. */
export interface TurnHost {
  /** What has come so far. */
  readonly ledger: Pick<MessageLedger, 'newest' | 'unsure'>
  readonly quietMs: number
  readonly maxBytes: number
  /** How long to wait for the echo of a command that the server has taken, in ms. */
  readonly echoPatienceMs: number
  /** A command whose echo shows that the output of this one is over. */
  confirmingCommand(command: string): string
  /** The server does not echo that command, whose echo was to be an end. */
  confirmationIgnored(command: string): void
  /** Sends a command by the session below, and gives its id there. */
  send(bytes: Uint8Array, resend: boolean, deadline: number, now: number): number
  /** Sends it no more. */
  cancel(sending: number, now: number): void
  tell(event: SessionEvent): void
  /** Gives back a message that turned out to be no output. */
  release(message: MessageEvent): void
}

type SendingReply = Extract<SessionEvent, { readonly type: 'reply' }>

/**
 * One command at the server: sent, echoed, its output collected up to its end, and what comes behind it waited out. The
 * response to a command is empty and comes at once; one that is not empty is the reply, as with BattlEye.
 */
export class Turn {
  readonly #request: TurnRequest
  readonly #host: TurnHost
  #state: TurnState = 'asking'
  #collector: OutputCollector
  #sending = 0
  #confirmSending: number | undefined
  #confirmation: string | undefined
  // When an echo should have come that the server owes.
  #echoBy = Number.POSITIVE_INFINITY
  #attempts = 0
  #outcome: Outcome = 'unknown'
  #sentAfter: number
  // When nothing more was put out for long enough, which then has passed.
  #quietAt: number | 'passed' = Number.POSITIVE_INFINITY
  #drainedAfter: number

  constructor(request: TurnRequest, host: TurnHost, now: number) {
    this.#request = request
    this.#host = host
    this.#sentAfter = host.ledger.newest
    this.#drainedAfter = host.ledger.newest
    this.#collector = this.#ask(now)
  }

  get state(): TurnState {
    return this.#state
  }

  get request(): TurnRequest {
    return this.#request
  }

  /** Number of the message after which everything is the output of a second command, or execution. */
  get drainedAfter(): number {
    return this.#drainedAfter
  }

  /** When `handleTimeout` wants to be called next, `Infinity` for never. */
  get nextAt(): number {
    const quietAt = this.#quietAt === 'passed' ? Number.POSITIVE_INFINITY : this.#quietAt
    return this.#isOpen() ? Math.min(this.#request.deadline, quietAt, this.#echoBy) : quietAt
  }

  /** Whether a message with that number can belong to the command. */
  wants(number: number): boolean {
    return this.#state === 'draining' ? number > this.#drainedAfter : this.#collector.wants(number)
  }

  /** Takes in a message that came after the command was sent. */
  receive(message: SortedMessage, now: number): void {
    if (message.kind !== 'line') this.#quietAt = now + this.#host.quietMs
    if (this.#isOpen()) {
      for (const line of this.#collector.add(message)) this.#host.tell(line)
      if (this.#collector.cost > this.#host.maxBytes) this.fail('reply-too-large', now)
      else this.#goOn(now)
    } else if (message.kind === 'line' || this.#state === 'failed') this.#giveBack(message)
  }

  /** The response to a command that this turn has sent. */
  receiveReply(reply: SendingReply, now: number): void {
    if (reply.id === this.#confirmSending) this.#echoBy = now + this.#host.echoPatienceMs
    if (reply.id !== this.#sending) return
    this.#attempts += reply.attempts
    this.#outcome = 'executed'
    if (reply.bytes.length > 0 && (this.#state === 'asking' || this.#state === 'collecting'))
      this.#answer(reply.bytes, now)
  }

  receiveFailure(failure: SessionFailure, now: number): void {
    if (failure.id !== this.#sending) return
    this.#attempts += failure.attempts
    if (this.#state !== 'asking' || failure.reason === 'cancelled') return
    if (this.#outcome !== 'executed') this.#outcome = failure.outcome
    this.fail(failure.reason === 'timed-out' ? this.#lateReason() : failure.reason, now)
  }

  /** Gives the command up where its echo does not come in time, although the server has answered it. */
  expectEcho(now: number): void {
    if (this.#state === 'asking') this.#echoBy = now + this.#host.echoPatienceMs
  }

  handleTimeout(now: number): void {
    if (this.#quietAt !== 'passed' && now >= this.#quietAt) this.#quietAt = 'passed'
    this.#goOn(now)
    if (now >= this.#echoBy) this.#missEcho(now)
    if (now >= this.#request.deadline) this.fail(this.#lateReason(), now)
  }

  /** Gives the command up; what was held for it is told as what it is, messages. */
  fail(reason: SessionFailure['reason'], now: number): void {
    if (!this.#isOpen()) return
    const { id, addedAt } = this.#request
    this.#host.cancel(this.#sending, now)
    this.#endConfirming(now)
    this.#move('fail')
    this.#quietAt = now + this.#host.quietMs
    const [attempts, outcome] = [Math.max(1, this.#attempts), this.#outcome]
    this.#host.tell({ type: 'failure', id, reason, outcome, attempts, elapsedMs: now - addedAt })
    for (const message of this.#collector.leftovers(false)) this.#giveBack(message)
  }

  /** Whether there is neither reply nor failure yet. */
  #isOpen(): boolean {
    return TURN_MOVES[this.#state].fail !== undefined
  }

  #lateReason(): SessionFailure['reason'] {
    return this.#outcome === 'executed' ? 'incomplete' : 'timed-out'
  }

  #move(move: TurnMove): void {
    this.#state = TURN_MOVES[this.#state][move] ?? this.#state
  }

  #ask(now: number): OutputCollector {
    const { bytes, command, resend, whole, deadline } = this.#request
    const { ledger } = this.#host
    this.#sending = this.#host.send(bytes, resend, deadline, now)
    return new OutputCollector(command, ledger, whole)
  }

  /** Does what can be done in the state that things are in. */
  #goOn(now: number): void {
    if (this.#state === 'asking' && this.#collector.status !== 'no-echo') this.#begin(now)
    if (this.#state === 'collecting') this.#collect(now)
    else if (this.#state === 'confirming' && this.#collector.status === 'ended') this.#confirmed(now)
    else if (this.#quietAt !== 'passed') return
    else if (this.#state === 'settling') this.#askAgain(now)
    else if (this.#state === 'draining' || this.#state === 'failed') this.#move('quiet')
  }

  /** The echo says that the command has arrived: another sending could only have it executed twice. */
  #begin(now: number): void {
    this.#move('echoed')
    this.#echoBy = Number.POSITIVE_INFINITY
    this.#outcome = 'executed'
    if (this.#request.resend) this.#host.cancel(this.#sending, now)
  }

  #collect(now: number): void {
    const { status, chunks } = this.#collector
    const end = status === 'open' ? endOfOutput(this.#request.command, chunks) : 'unknown'
    if (status === 'ended' || end === 'ended') this.#answerFromOutput(now)
    else if (end === 'pending' || this.#quietAt !== 'passed') return
    else if (this.#request.whole) this.#confirm(now)
    else if (status === 'open') this.#answerFromOutput(now)
  }

  /** Only now: a server that works on two commands at once would put the one's output among the other's. */
  #confirm(now: number): void {
    this.#move('confirm')
    this.#sendConfirmation(now)
  }

  #sendConfirmation(now: number): void {
    const command = this.#host.confirmingCommand(this.#request.command)
    this.#confirmation = command
    this.#collector.expectEnd(command, this.#host.ledger.newest)
    this.#confirmSending = this.#host.send(encodeText(command), true, this.#request.deadline, now)
  }

  /** A server with a whitelist need not echo what is not on it. */
  #missEcho(now: number): void {
    this.#echoBy = Number.POSITIVE_INFINITY
    if (this.#state === 'asking') this.fail('incomplete', now)
    else if (this.#state === 'confirming' && this.#confirmation !== undefined) {
      this.#host.confirmationIgnored(this.#confirmation)
      this.#endConfirming(now)
      this.#sendConfirmation(now)
    }
  }

  #endConfirming(now: number): void {
    if (this.#confirmSending !== undefined) this.#host.cancel(this.#confirmSending, now)
    this.#confirmSending = undefined
    this.#echoBy = Number.POSITIVE_INFINITY
  }

  #confirmed(now: number): void {
    this.#endConfirming(now)
    if (!this.#collector.isCrossed) this.#answerFromOutput(now)
    else if (!this.#request.resend) this.fail('incomplete', now)
    else {
      this.#move('crossed')
      this.#quietAt = now + this.#host.quietMs
    }
  }

  #askAgain(now: number): void {
    this.#move('again')
    this.#quietAt = Number.POSITIVE_INFINITY
    this.#collector = this.#ask(now)
  }

  #answerFromOutput(now: number): void {
    const { status, chunks, isCrossed, endAt } = this.#collector
    this.#drainedAfter = endAt
    // Behind another echo there is another output.
    this.#answer(joinChunks(chunks), now, status === 'ended' || isCrossed ? 'answered-amid' : 'answered')
  }

  #answer(bytes: Uint8Array, now: number, move: 'answered' | 'answered-amid' = 'answered'): void {
    const { id, addedAt } = this.#request
    this.#move(move)
    this.#quietAt = now + this.#host.quietMs
    const [attempts, sentAfter] = [Math.max(1, this.#attempts), this.#sentAfter]
    this.#host.tell({ type: 'reply', id, bytes, attempts, elapsedMs: now - addedAt, sentAfter })
    for (const message of this.#collector.leftovers(true)) this.#giveBack(message)
  }

  #giveBack({ kind, event }: SortedMessage): void {
    if (kind === 'line') this.#host.tell(event)
    else this.#host.release(event)
  }
}
