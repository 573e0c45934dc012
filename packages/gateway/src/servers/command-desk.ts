import { type AsyncRconClient, type CallOptions, type ClientClock, RconError } from '@bercon/client'
import type { CancelSignal } from '@bercon/core'
import { Cancellation, Deferred, whenAborted } from '@bercon/core/kit'
import type { Audit } from '../audit/audit.js'
import { type Actor, type AuditResult, auditedText, type Front } from '../audit/audit-entry.js'
import { judge, judgeAgain, noSuchServer, type Refusal, type Subject } from '../roles/judge.js'
import type { Access, Identity } from '../users/access.js'
import { failureOf } from './command-outcome.js'
import { CommandTurns, MAX_WAITING_OF_USER, notSent } from './command-turns.js'
import type { ServerList } from './server-list.js'

/** A command of a user, from any front. */
export interface Order {
  readonly identity: Identity
  readonly front: Front
  /** `IP:PORT` of the user. */
  readonly from: string
  readonly server: string
  readonly text: string
  /** What the user says of its time and of giving it up. */
  readonly call?: Pick<CallOptions, 'timeoutMs' | 'signal'> | undefined
}

/** What is done with the text that is to be sent; the options give it up, and have the time that is left. */
export type Work<T> = (client: AsyncRconClient, text: string, call: WorkCall) => Promise<T>

/** The options of a command that is given to a client. */
interface WorkCall extends CallOptions {
  readonly signal: CancelSignal
}

/** Why an order is not carried out; without `unauthorized` it is the judge's. */
export type OrderRefusal = Refusal | { readonly code: 'unauthorized'; readonly detail: string }

/** What came of an order that did not fail. */
export type Carried<T> =
  | { readonly type: 'answered'; readonly value: T; readonly elapsedMs: number }
  | { readonly type: 'refused'; readonly refusal: OrderRefusal }

/** What the desk works with. */
export interface DeskParts {
  readonly servers: Pick<ServerList, 'get'>
  readonly audit: Audit
  readonly clock: ClientClock
  /** The users and roles of now. */
  readonly access: () => Access
}

/**
 * Where every command of every front goes through: it is judged, written down, carried out at its turn, and its outcome
 * written down.
 */
export class CommandDesk {
  readonly #parts: DeskParts
  readonly #turns = new WeakMap<AsyncRconClient, CommandTurns>()
  readonly #underWay = new Set<CommandUnderWay>()
  // Of those who have sent a command lately, so that each has one object for the audit.
  readonly #actors = new WeakMap<Identity, Actor>()
  #drained: Deferred<void> | undefined

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /**
   * Carries a command out, as far as the user's role allows it.
   *
   * @throws `RconError` `audit-failure`; {@link CommandTimeoutError} where its turn does not come in time; whatever `work`
   * fails with.
   */
  async carryOut<T>(order: Order, work: Work<T>): Promise<Carried<T>> {
    const { servers, audit, clock, access } = this.#parts
    const subject = access().subject(order.identity)
    if (subject === undefined) return this.#refuse(order, null, NO_USER)
    const { role } = subject
    const server = servers.get(order.server)
    const kind = server ?? { name: order.server, game: 'auto' }
    const verdict = judge(subject, kind, order.text, clock.now())
    if (verdict.type === 'refused') return this.#refuseByJudge(order, subject, verdict.refusal)
    if (server === undefined)
      return this.#refuse(order, role.name, { code: 'not-found', detail: noSuchServer(order.server) })
    const turns = this.#turnsOf(server.client)
    if (turns.isFull(order.identity.name)) return this.#refuseByJudge(order, subject, TOO_MANY_WAIT)
    const begunAt = clock.now()
    const actor = this.#actorOf(order, role.name)
    const { id, written } = audit.begin(actor, auditedText(verdict.text))
    const entry: CommandUnderWay = { id, order, actor, begunAt, giveUp: new Cancellation() }
    this.#underWay.add(entry)
    const unlink = whenAborted(order.call?.signal, (reason) => entry.giveUp.abort(reason))
    turns.announce(order.identity.name)
    try {
      try {
        await written
      } finally {
        turns.arrive(order.identity.name)
      }
      return await this.#send(entry, server.client, (call) => work(server.client, verdict.text, call))
    } finally {
      unlink()
      this.#underWay.delete(entry)
      if (this.#underWay.size === 0) this.#drained?.resolve()
    }
  }

  /** Gives up everything under way. Resolves once the outcomes are noted. */
  async close(): Promise<void> {
    if (this.#underWay.size === 0) return
    const drained = new Deferred<void>()
    this.#drained = drained
    for (const { giveUp } of [...this.#underWay].reverse())
      giveUp.abort(new RconError('closed', 'The gateway was closed, so the command was given up'))
    await drained.promise
  }

  /**
   * Judges again what is under way. What is no longer allowed is refused if it cannot have been sent, and given up
   * otherwise, so that it is not sent again.
   */
  sweep(): void {
    // The last first: one in flight that is given up makes room for the next one that waits in the client.
    for (const { order, giveUp } of [...this.#underWay].reverse()) {
      const refusal = this.#refusalOf(order)
      if (refusal !== undefined) giveUp.abort(new NoMoreAllowedError(refusal))
    }
  }

  /** What the judge says now to a command that was allowed. */
  #refusalOf({ identity, server: name, text }: Order): OrderRefusal | undefined {
    const { servers, access } = this.#parts
    const subject = access().subject(identity)
    if (subject === undefined) return NO_USER
    const verdict = judgeAgain(subject, servers.get(name) ?? { name, game: 'auto' }, text)
    return verdict.type === 'refused' ? verdict.refusal : undefined
  }

  /** Sends a command that is written down, at its turn, and writes down what came of it. */
  async #send<T>(
    entry: CommandUnderWay,
    client: AsyncRconClient,
    work: (call: WorkCall) => Promise<T>,
  ): Promise<Carried<T>> {
    const { order, begunAt, giveUp } = entry
    const turns = this.#turnsOf(client)
    let hasPlace = false
    let mayBeSent = false
    let stopListening = () => {}
    try {
      if (!turns.enter()) {
        const { text: command, call, identity } = order
        await turns.wait({ user: identity.name, command, timeoutMs: call?.timeoutMs, signal: giveUp })
        // In the order in which the client has them.
        this.#underWay.delete(entry)
        this.#underWay.add(entry)
      }
      hasPlace = true
      // It may have gone while the command waited.
      if (this.#parts.servers.get(order.server) === undefined)
        giveUp.abort(new NoMoreAllowedError({ code: 'not-found', detail: noSuchServer(order.server) }))
      if (giveUp.aborted) throw notSent(giveUp.reason)
      mayBeSent = client.isConnected()
      // Until it logs in, the client keeps it.
      if (!mayBeSent)
        stopListening = client.listen('connect', () => {
          mayBeSent = true
        })
      const value = await work({
        timeoutMs: leftOf(entry, this.#parts.clock.now() - begunAt),
        signal: giveUp,
      })
      return { type: 'answered', value, elapsedMs: this.#finish(entry, { outcome: 'answered' }) }
    } catch (error) {
      const { reason } = giveUp
      if (reason instanceof NoMoreAllowedError && !mayBeSent) {
        this.#finish(entry, { outcome: 'refused', code: reason.refusal.code })
        return { type: 'refused', refusal: reason.refusal }
      }
      this.#finish(entry, failureOf(error))
      throw error
    } finally {
      stopListening()
      if (hasPlace) turns.leave()
    }
  }

  #finish({ id, actor, begunAt }: CommandUnderWay, result: AuditResult): number {
    const { audit, clock } = this.#parts
    const elapsedMs = Math.round(clock.now() - begunAt)
    audit.record(actor, { ...result, elapsedMs }, id)
    return elapsedMs
  }

  #actorOf(order: Order, role: string): Actor {
    const { identity, front, from, server } = order
    const known = this.#actors.get(identity)
    const isSame =
      known?.role === role && known.server === server && known.from === from && known.front === front
    if (isSame) return known
    const actor = newActor(order, role)
    this.#actors.set(identity, actor)
    return actor
  }

  #turnsOf(client: AsyncRconClient): CommandTurns {
    const known = this.#turns.get(client)
    if (known !== undefined) return known
    const turns = new CommandTurns(client, this.#parts.clock)
    this.#turns.set(client, turns)
    return turns
  }

  /** Of commands that are too many only the first in a minute has a line. */
  #refuseByJudge<T>(order: Order, { role, rate }: Subject, refusal: Refusal): Carried<T> {
    if (refusal.code === 'rate-limited' && !rate.isToReport(this.#parts.clock.now()))
      return { type: 'refused', refusal }
    return this.#refuse(order, role.name, refusal)
  }

  #refuse<T>(order: Order, role: string | null, refusal: OrderRefusal): Carried<T> {
    const { code } = refusal
    const note = { event: 'outcome', command: auditedText(order.text), outcome: 'refused', code } as const
    this.#parts.audit.note(newActor(order, role), note)
    return { type: 'refused', refusal }
  }
}

/** Why a command is given up that was allowed when it came. */
class NoMoreAllowedError extends RconError {
  readonly refusal: OrderRefusal

  constructor(refusal: OrderRefusal) {
    super('closed', 'The user may not do this any more, so the command was given up')
    this.refusal = refusal
  }
}

const NO_USER: OrderRefusal = {
  code: 'unauthorized',
  detail: 'The token is not valid any more; ask who runs the gateway for another',
}

const TOO_MANY_WAIT: Refusal = {
  code: 'rate-limited',
  detail: `${MAX_WAITING_OF_USER} commands of the user wait for this server already`,
  // Nobody knows when the server answers; often enough for those who ask again.
  retryAfterMs: 1_000,
}

/** A command that is written down, or about to be. */
interface CommandUnderWay {
  readonly id: string
  readonly order: Order
  readonly actor: Actor
  readonly begunAt: number
  readonly giveUp: Cancellation
}

function newActor({ identity, front, from, server }: Order, role: string | null): Actor {
  return { user: identity.name, role, server, front, from }
}

/** The time that a user has set for a command, without what it has waited for its turn. */
function leftOf({ order }: CommandUnderWay, waitedMs: number): number | undefined {
  const timeoutMs = order.call?.timeoutMs
  return timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - waitedMs)
}
