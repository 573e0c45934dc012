import type { ClientClock } from '@bercon/client'
import type { Audit } from '../audit/audit.js'
import type { Front } from '../audit/audit-entry.js'
import type { EventFeed } from '../events/event-feed.js'
import type { Report } from '../gateway-event.js'
import { CommandRate } from '../roles/command-rate.js'
import type { CommandDesk } from '../servers/command-desk.js'
import type { RconKinds } from '../servers/rcon-kinds.js'
import type { ServerHistory } from '../servers/server-history.js'
import type { ServerList } from '../servers/server-list.js'
import type { Access } from '../users/access.js'

/** What every front works with. */
export interface FrontParts {
  readonly desk: CommandDesk
  readonly servers: ServerList
  readonly kinds: RconKinds
  readonly history: ServerHistory
  readonly feed: EventFeed
  readonly audit: Audit
  readonly strangers: StrangerLog
  readonly clock: ClientClock
  readonly report: Report
  /** The users and roles of now. */
  readonly access: () => Access
}

/** Somebody at the door of a front. */
export interface Arrival {
  readonly front: Front
  readonly from: string
  readonly server: string | null
}

type LoginParts = Pick<FrontParts, 'access' | 'audit' | 'report'>

/** Writes down and reports that a user has come in. */
export function noteLogin({ audit, report, access }: LoginParts, user: string, arrival: Arrival): void {
  const identity = access().identityOf(user)
  const role = (identity && access().subject(identity)?.role.name) ?? null
  audit.note({ user, role, ...arrival }, { event: 'login', outcome: 'accepted' })
  report({ type: 'login', user, front: arrival.front, from: arrival.from })
}

const MAX_PER_MINUTE = 100

/**
 * Writes down and reports who was not let in. Strangers are many where they forge their addresses, and must not fill the
 * audit, whose oldest files are deleted: of those beyond a hundred a minute only the first has a line.
 */
export class StrangerLog {
  readonly #audit: Audit
  readonly #clock: ClientClock
  readonly #report: Report
  readonly #rate = new CommandRate()

  constructor(audit: Audit, clock: ClientClock, report: Report) {
    this.#audit = audit
    this.#clock = clock
    this.#report = report
  }

  note(arrival: Arrival): void {
    const now = this.#clock.now()
    const isOne = this.#rate.admits(MAX_PER_MINUTE, now)
    if (!isOne && !this.#rate.isToReport(now)) return
    const code = isOne ? 'unauthorized' : 'too-many-attempts'
    this.#audit.note({ user: null, role: null, ...arrival }, { event: 'login', outcome: 'refused', code })
    this.#report({ type: 'refused', front: arrival.front, from: arrival.from })
  }
}
