import { type AsyncRconClient, type CallOptions, type ClientClock, codeOf, RconError } from '@bercon/client'
import type { Audit, AuditFacts } from '../audit/audit.js'
import { type AuditOutcome, auditedText, type Front } from '../audit/audit-entry.js'
import { judge, noSuchServer, type Refusal, type Subject } from '../roles/judge.js'
import type { Access, Identity } from '../users/access.js'
import { outcomeOf } from './command-outcome.js'
import { CommandTurns, MAX_WAITING_OF_USER, type TurnRequest } from './command-turns.js'
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
  readonly signal: AbortSignal
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
  readonly #underWay = new Set<{ readonly order: Order; readonly giveUp: AbortController }>()

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
    const facts = factsOf(order, role.name)
    const id = audit.begin({ ...facts, event: 'command', command: auditedText(verdict.text) })
    const begunAt = clock.now()
    const finish = (outcome: AuditOutcome, code?: string) => {
      const elapsedMs = Math.round(clock.now() - begunAt)
      audit.record({ ...facts, event: 'outcome', outcome, ...(code && { code }), elapsedMs }, id)
      return elapsedMs
    }
    const entry = { order, giveUp: new AbortController() }
    this.#underWay.add(entry)
    let hasPlace = turns.enter()
    try {
      const { signal } = entry.giveUp
      if (!hasPlace) {
        await turns.wait(turnOf(order, verdict.text, signal))
        hasPlace = true
        // In the order in which the client has them.
        this.#underWay.delete(entry)
        this.#underWay.add(entry)
      }
      const left = leftOf(order, clock.now() - begunAt)
      const value = await work(server.client, verdict.text, { ...left, signal })
      return { type: 'answered', value, elapsedMs: finish('answered') }
    } catch (error) {
      finish(outcomeOf(error), codeOf(error) ?? 'internal')
      throw error
    } finally {
      if (hasPlace) turns.leave()
      this.#underWay.delete(entry)
    }
  }

  /** Gives up what users have under way who are none any more, or whose role does not name the server any more. */
  sweep(): void {
    // The last first: one in flight that is given up makes room for the next one that waits in the client.
    for (const { order, giveUp } of [...this.#underWay].reverse())
      if (this.#parts.access().subject(order.identity)?.role.knows(order.server) !== true)
        giveUp.abort(
          new RconError('closed', 'The user may not use the server any more, so the command was given up'),
        )
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
    const command = auditedText(order.text)
    this.#parts.audit.note({ ...factsOf(order, role), event: 'outcome', command, outcome: 'refused', code })
    return { type: 'refused', refusal }
  }
}

const NO_USER: OrderRefusal = {
  code: 'unauthorized',
  detail: 'The token is not valid any more; ask who runs the gateway for another',
}

const TOO_MANY_WAIT: Refusal = {
  code: 'rate-limited',
  detail: `${MAX_WAITING_OF_USER} commands of the user wait for this server already`,
}

function turnOf({ identity, call }: Order, command: string, giveUp: AbortSignal): TurnRequest {
  return { user: identity.name, command, timeoutMs: call?.timeoutMs, signals: [giveUp, call?.signal] }
}

/** The time that a user has set for a command, without what it has waited for its turn. */
function leftOf({ call }: Order, waitedMs: number): Pick<CallOptions, 'timeoutMs'> {
  const timeoutMs = call?.timeoutMs
  return timeoutMs === undefined ? {} : { timeoutMs: Math.max(0, timeoutMs - waitedMs) }
}

function factsOf(
  { identity, front, from, server }: Order,
  role: string | null,
): Omit<AuditFacts, 'event' | 'command' | 'outcome'> {
  return { user: identity.name, role, server, front, from }
}
