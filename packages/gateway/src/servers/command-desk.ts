import { type AsyncRconClient, type ClientClock, codeOf, RconError } from '@bercon/client'
import type { Audit, AuditFacts } from '../audit/audit.js'
import { type AuditOutcome, auditedText, type Front } from '../audit/audit-entry.js'
import { judge, noSuchServer, type Refusal } from '../roles/judge.js'
import type { Access, Identity } from '../users/access.js'
import type { ServerList } from './server-list.js'

/** A command of a user, from any front. */
export interface Order {
  readonly identity: Identity
  readonly front: Front
  /** `IP:PORT` of the user. */
  readonly from: string
  readonly server: string
  readonly text: string
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

/** Where every command of every front goes through: it is judged, written down, carried out, and its outcome written down. */
export class CommandDesk {
  readonly #parts: DeskParts
  readonly #underWay = new Set<{ readonly order: Order; readonly giveUp: AbortController }>()

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /**
   * Carries a command out, as far as the user's role allows it.
   *
   * @param work - what is done with the text that is to be sent; the signal gives it up.
   * @throws `RconError` `audit-failure`; whatever `work` fails with.
   */
  async carryOut<T>(
    order: Order,
    work: (client: AsyncRconClient, text: string, signal: AbortSignal) => Promise<T>,
  ): Promise<Carried<T>> {
    const { servers, audit, clock, access } = this.#parts
    const subject = access().subject(order.identity)
    if (subject === undefined) return this.#refuse(order, null, NO_USER)
    const { role, rate } = subject
    const server = servers.get(order.server)
    const kind = server ?? { name: order.server, game: 'auto' }
    const verdict = judge(subject, kind, order.text, clock.now())
    if (verdict.type === 'refused') {
      const { refusal } = verdict
      const isSilent = refusal.code === 'rate-limited' && !rate.isToReport(clock.now())
      return isSilent ? { type: 'refused', refusal } : this.#refuse(order, role.name, refusal)
    }
    if (server === undefined)
      return this.#refuse(order, role.name, { code: 'not-found', detail: noSuchServer(order.server) })
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
    try {
      const value = await work(server.client, verdict.text, entry.giveUp.signal)
      return { type: 'answered', value, elapsedMs: finish('answered') }
    } catch (error) {
      finish(outcomeOf(error), codeOf(error) ?? 'internal')
      throw error
    } finally {
      this.#underWay.delete(entry)
    }
  }

  /** Gives up what users have under way who are none any more, or whose role does not name the server any more. */
  sweep(): void {
    for (const { order, giveUp } of this.#underWay)
      if (this.#parts.access().subject(order.identity)?.role.knows(order.server) !== true)
        giveUp.abort(
          new RconError('closed', 'The user may not use the server any more, so the command was given up'),
        )
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

const OUTCOMES: readonly unknown[] = ['not-sent', 'unknown', 'executed']
// Errors that say by their code alone what came of the command.
const BY_CODE: Readonly<Record<string, AuditOutcome>> = {
  'unexpected-reply': 'executed',
  'incomplete-reply': 'executed',
  'reply-too-large': 'executed',
  'command-disallowed': 'answered',
  'unknown-command': 'answered',
  'not-connected': 'not-sent',
  'invalid-argument': 'not-sent',
}

/** What is known of a command that failed. */
export function outcomeOf(error: unknown): AuditOutcome {
  if (typeof error !== 'object' || error === null) return 'unknown'
  if ('outcome' in error && OUTCOMES.includes(error.outcome)) return error.outcome as AuditOutcome
  return BY_CODE[codeOf(error) ?? ''] ?? 'unknown'
}

function factsOf(
  { identity, front, from, server }: Order,
  role: string | null,
): Omit<AuditFacts, 'event' | 'command' | 'outcome'> {
  return { user: identity.name, role, server, front, from }
}
