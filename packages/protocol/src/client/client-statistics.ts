/** What a session has counted so far. */
export interface ClientCounters {
  /** Datagrams sent, of every kind. */
  sent: number
  /** Of those, commands and logins that were sent again. */
  resent: number
  /** Datagrams received, of every kind. */
  received: number
  /** Of those, messages that had come before. */
  repeated: number
  /** Of those, what was no packet. */
  malformed: number
  /** Of those, responses to no command under way: late, or copies. */
  unexpected: number
  /** Acknowledgements sent. */
  acknowledged: number
}

/** The counters, and how things stand. */
export interface ClientStatistics extends Readonly<ClientCounters> {
  /** SRTT in ms (RFC 6298), nothing until measured. */
  readonly smoothedRoundTripMs: number | undefined
  /** The last measured round trip in ms. */
  readonly lastRoundTripMs: number | undefined
  /** Commands under way, a keep-alive with them. */
  readonly inFlight: number
  /** Commands that wait for a place. */
  readonly queued: number
  /** Bytes held of unfinished replies. */
  readonly partsBytes: number
}

export function clientCounters(): ClientCounters {
  return { sent: 0, resent: 0, received: 0, repeated: 0, malformed: 0, unexpected: 0, acknowledged: 0 }
}
