import { type ClientCounters, ClientSession, type ClientStatistics } from '@bercon/protocol'

/** What a connection has counted over all its logins, and how things stand in the present one. */
export interface ConnectionStatistics extends ClientStatistics {
  /** Logins that were accepted. */
  readonly logins: number
}

const COUNTERS: readonly (keyof ClientCounters)[] = [
  'sent',
  'resent',
  'received',
  'repeated',
  'malformed',
  'unexpected',
  'acknowledged',
]

/** The counters of the sessions that are over, kept as one. */
export class StatisticsTotal {
  readonly #earlier: ClientCounters = {
    sent: 0,
    resent: 0,
    received: 0,
    repeated: 0,
    malformed: 0,
    unexpected: 0,
    acknowledged: 0,
  }
  #logins = 0

  countLogin(): void {
    this.#logins++
  }

  /** A session is over; what it counted is kept. */
  keep(session: ClientStatistics): void {
    for (const name of COUNTERS) this.#earlier[name] += session[name]
  }

  /** All sessions together, the present one with them. */
  with(session: ClientStatistics): ConnectionStatistics {
    const counters = { ...this.#earlier }
    for (const name of COUNTERS) counters[name] += session[name]
    return { ...session, ...counters, logins: this.#logins }
  }
}

/** What a connection counts together with what one before it has counted. */
export function addStatistics(
  present: ConnectionStatistics,
  earlier: ConnectionStatistics,
): ConnectionStatistics {
  const sums = { ...present, logins: present.logins + earlier.logins }
  for (const name of COUNTERS) sums[name] += earlier[name]
  return sums
}

/** The statistics of a connection that was never opened. */
export function idleStatistics(): ConnectionStatistics {
  return new StatisticsTotal().with(new ClientSession().statistics)
}
