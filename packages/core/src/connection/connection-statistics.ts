import type { ClientCounters, ClientStatistics } from '@bercon/protocol'

/** The counters of a connection over all its logins, and the measurements of the current one. */
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

const NO_COUNTS: Readonly<ClientCounters> = {
  sent: 0,
  resent: 0,
  received: 0,
  repeated: 0,
  malformed: 0,
  unexpected: 0,
  acknowledged: 0,
}

/** The sum of the counters of ended sessions. */
export class StatisticsTotal {
  readonly #earlier: ClientCounters = { ...NO_COUNTS }
  #logins = 0

  countLogin(): void {
    this.#logins++
  }

  /** Adds the counters of a session that ended. */
  keep(session: ClientStatistics): void {
    for (const name of COUNTERS) this.#earlier[name] += session[name]
  }

  /** The sum over all sessions, including the current one. */
  with(session: ClientStatistics): ConnectionStatistics {
    const earlier = this.#earlier
    // Field by field: schedulers read it for every command, and copying by name takes twenty times as long.
    return {
      sent: earlier.sent + session.sent,
      resent: earlier.resent + session.resent,
      received: earlier.received + session.received,
      repeated: earlier.repeated + session.repeated,
      malformed: earlier.malformed + session.malformed,
      unexpected: earlier.unexpected + session.unexpected,
      acknowledged: earlier.acknowledged + session.acknowledged,
      smoothedRoundTripMs: session.smoothedRoundTripMs,
      lastRoundTripMs: session.lastRoundTripMs,
      inFlight: session.inFlight,
      queued: session.queued,
      partsBytes: session.partsBytes,
      logins: this.#logins,
    }
  }
}

/** Adds the statistics of two connections. */
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
  // Written out: asking a new session for its own would compile all of it.
  return {
    ...NO_COUNTS,
    smoothedRoundTripMs: undefined,
    lastRoundTripMs: undefined,
    inFlight: 0,
    queued: 0,
    partsBytes: 0,
    logins: 0,
  }
}
