// @ts-nocheck
import type { Outcome } from '@bercon/core'
import { encodeText, type SessionEvent, type SessionFailure } from '@bercon/core/kit'
import { joinChunks } from '../joined-chunks.js'
import { endOfOutput } from './known-output.js'
import type { ListSpelling } from './list-spelling.js'
import type { MessageLedger } from './message-ledger.js'
import { OutputCollector } from './output-collector.js'
import type { SortedMessage } from './sorted-message.js'
import type { Answer, Sending, TurnAction } from './turn-action.js'
import type { TurnRequest } from './turn-queue.js'
import { isOpen, nextTurnState, type TurnMove, type TurnState } from './turn-state.js'

/** Settings of every turn of a session. */
export interface TurnSettings {
  readonly completeAfterMs: number
  /** How long to wait for the echo of a command that the server accepted, in ms. */
  readonly echoTimeoutMs: number
  readonly maxBytes: number
  readonly ledger: Pick<MessageLedger, 'newest' | 'unsure'>
  readonly spelling: ListSpelling
}

type FailureReason = SessionFailure['reason']
type SendingReply = Pick<Extract<SessionEvent, { readonly type: 'reply' }>, 'bytes' | 'attempts'>

/**
 * One command at the server: sent, echoed, its output collected up to its end, and late output awaited. The response to a
 * command is empty and arrives at once; one that is not empty is the reply, as with BattlEye.
 *
 * Feed it inputs; after each, perform all of `takeActions()`.
 */
export class Turn {
  readonly request: TurnRequest
  readonly #settings: TurnSettings
  readonly #sentAfter: number
  readonly #actions: TurnAction[] = []
  #state: TurnState = 'asking'
  #collector: OutputCollector
  // The command whose echo ends the output.
  #confirmation = ''
  // When the output counts as complete; `passed` from then on.
  #quietAt: number | 'passed' = Number.POSITIVE_INFINITY
  // When the echo that the server still owes is considered missing.
  #echoBy = Number.POSITIVE_INFINITY
  #attempts = 0
  #outcome: Outcome = 'unknown'

  constructor(request: TurnRequest, settings: TurnSettings) {
    this.request = request
    this.#settings = settings
    this.#sentAfter = settings.ledger.newest
    this.#collector = this.#ask()
  }

  get state(): TurnState {
    return this.#state
  }

  /** Number of the message that ended the output: later ones are output of a second command, or execution. */
  get endAt(): number {
    return this.#collector.endAt
  }

  /** When to call `handleTimeout` next, `Infinity` for never. */
  get nextAt(): number {
    const quietAt = this.#quietAt === 'passed' ? Number.POSITIVE_INFINITY : this.#quietAt
    return isOpen(this.#state) ? Math.min(this.request.deadline, quietAt, this.#echoBy) : quietAt
  }

  /** The actions for the session, in order; call it after every input. */
  takeActions(): readonly TurnAction[] {
    return this.#actions.splice(0)
  }

  /** Whether a message with that number can belong to the command. */
  wants(number: number): boolean {
    return this.#state === 'draining' ? number > this.endAt : this.#collector.wants(number)
  }

  /** Handles a message that arrived after the command was sent. */
  receive(message: SortedMessage, now: number): void {
    if (message.kind !== 'line') this.#quietAt = now + this.#settings.completeAfterMs
    if (isOpen(this.#state)) {
      this.#giveBack(this.#collector.add(message))
      if (this.#collector.cost > this.#settings.maxBytes) this.fail('reply-too-large', now)
      else this.#goOn(now)
    } else if (message.kind === 'line' || this.#state === 'failed') this.#giveBack([message])
  }

  /** Handles the response to a command that this turn has sent. */
  receiveReply(sending: Sending, { bytes, attempts }: SendingReply, now: number): void {
    if (sending === 'confirmation') {
      if (this.#state === 'confirming') this.#echoBy = now + this.#settings.echoTimeoutMs
      return
    }
    this.#attempts += attempts
    this.#outcome = 'executed'
    if (bytes.length > 0) {
      if (this.#state === 'asking' || this.#state === 'collecting') this.#answer('answered', bytes, now)
    } else if (this.#state === 'asking' && this.request.id === 'probe') {
      // The command may be refused in the response, and has no caller.
      this.#echoBy = now + this.#settings.echoTimeoutMs
    }
  }

  /** Handles the failure of a command that this turn has sent. */
  receiveFailure(sending: Sending, { reason, outcome, attempts }: SessionFailure, now: number): void {
    if (sending === 'confirmation') return
    this.#attempts += attempts
    if (this.#state !== 'asking' || reason === 'canceled') return
    if (this.#outcome !== 'executed') this.#outcome = outcome
    this.fail(reason === 'timed-out' ? this.#lateReason() : reason, now)
  }

  handleTimeout(now: number): void {
    if (this.#quietAt !== 'passed' && now >= this.#quietAt) this.#quietAt = 'passed'
    this.#goOn(now)
    if (now >= this.#echoBy) this.#missEcho(now)
    if (now >= this.request.deadline) this.fail(this.#lateReason(), now)
  }

  /** Fails the command unless it is answered already; returns the messages held for it to the session. */
  fail(reason: FailureReason, now: number): void {
    if (!isOpen(this.#state)) return
    this.#actions.push({ type: 'stop', sending: 'command' })
    this.#stopConfirming()
    this.#end('fail', { type: 'failure', reason, outcome: this.#outcome, ...this.#effort(now) }, now)
    this.#giveBack(this.#collector.leftovers(false))
  }

  /** Makes all possible progress in the current state. */
  #goOn(now: number): void {
    if (this.#state === 'asking' && this.#collector.status !== 'no-echo') this.#begin()
    const isQuiet = this.#quietAt === 'passed'
    switch (this.#state) {
      case 'collecting':
        this.#collect(isQuiet, now)
        break
      case 'confirming':
        if (this.#collector.status === 'ended') this.#confirmed(now)
        break
      case 'settling':
        if (isQuiet) this.#askAgain()
        break
      case 'draining':
      case 'failed':
        if (isQuiet) this.#move('quiet')
        break
    }
  }

  #ask(): OutputCollector {
    const { bytes, command, resend, verifyEnd } = this.request
    this.#actions.push({ type: 'send', sending: 'command', bytes, resend })
    return new OutputCollector(command, this.#settings.ledger, verifyEnd)
  }

  /** The echo proves that the command arrived: another sending could only execute it twice. */
  #begin(): void {
    this.#move('echoed')
    this.#echoBy = Number.POSITIVE_INFINITY
    this.#outcome = 'executed'
    if (this.request.resend) this.#actions.push({ type: 'stop', sending: 'command' })
  }

  #collect(isQuiet: boolean, now: number): void {
    const { status, chunks } = this.#collector
    const end = status === 'open' ? endOfOutput(this.request.command, chunks) : 'unknown'
    if (status === 'ended' || end === 'ended') this.#answerFromOutput(now)
    else if (end === 'pending' || !isQuiet) return
    else if (this.request.verifyEnd) this.#confirm()
    else if (status === 'open') this.#answerFromOutput(now)
  }

  /** Only now, because a server that runs two commands at once would mix their outputs. */
  #confirm(): void {
    this.#move('confirm')
    this.#sendConfirmation()
  }

  #sendConfirmation(): void {
    const { ledger, spelling } = this.#settings
    this.#confirmation = spelling.confirmationOf(this.request.command)
    this.#collector.expectEnd(this.#confirmation, ledger.newest)
    const bytes = encodeText(this.#confirmation)
    this.#actions.push({ type: 'send', sending: 'confirmation', bytes, resend: true })
  }

  /** A server with a whitelist does not always echo a command that is not on it. */
  #missEcho(now: number): void {
    this.#echoBy = Number.POSITIVE_INFINITY
    if (this.#state === 'asking') this.fail('incomplete', now)
    else if (this.#state === 'confirming') {
      this.#settings.spelling.wasIgnored(this.#confirmation)
      this.#stopConfirming()
      this.#sendConfirmation()
    }
  }

  #stopConfirming(): void {
    this.#echoBy = Number.POSITIVE_INFINITY
    if (this.#state === 'confirming') this.#actions.push({ type: 'stop', sending: 'confirmation' })
  }

  #confirmed(now: number): void {
    this.#stopConfirming()
    if (!this.#collector.isCrossed) this.#answerFromOutput(now)
    else if (!this.request.resend) this.fail('incomplete', now)
    else {
      this.#move('crossed')
      this.#quietAt = now + this.#settings.completeAfterMs
    }
  }

  #askAgain(): void {
    this.#move('again')
    this.#quietAt = Number.POSITIVE_INFINITY
    this.#collector = this.#ask()
  }

  #answerFromOutput(now: number): void {
    const { status, chunks, isCrossed } = this.#collector
    // Another output follows another echo.
    const move = status === 'ended' || isCrossed ? 'answered-amid' : 'answered'
    this.#answer(move, joinChunks(chunks), now)
  }

  #answer(move: 'answered' | 'answered-amid', bytes: Uint8Array, now: number): void {
    this.#end(move, { type: 'reply', bytes, ...this.#effort(now), sentAfter: this.#sentAfter }, now)
    this.#giveBack(this.#collector.leftovers(true))
  }

  #end(move: TurnMove, answer: Answer, now: number): void {
    this.#move(move)
    this.#quietAt = now + this.#settings.completeAfterMs
    this.#actions.push({ type: 'answer', answer })
  }

  #effort(now: number): Pick<Answer, 'attempts' | 'elapsedMs'> {
    return { attempts: Math.max(1, this.#attempts), elapsedMs: now - this.request.addedAt }
  }

  #lateReason(): FailureReason {
    return this.#outcome === 'executed' ? 'incomplete' : 'timed-out'
  }

  #move(move: TurnMove): void {
    this.#state = nextTurnState(this.#state, move)
  }

  #giveBack(messages: readonly SortedMessage[]): void {
    for (const message of messages) this.#actions.push({ type: 'give-back', message })
  }
}
