/** Counters of a session. */
// @ts-nocheck

export interface ClientCounters {
  /** Datagrams sent, of every kind. */
  sent: number
  /** Of those, commands and logins that were sent again. */
  resent: number
  /** Datagrams received, of every kind. */
  received: number
  /** Of those, repeated messages. */
  repeated: number
  /** Of those, datagrams that are not packets. */
  malformed: number
  /** Of those, responses that match no command in flight: late ones, or copies. */
  unexpected: number
  /** Acknowledgments sent. */
  acknowledged: number
}

/** The counters of a session, and its current measurements. */
export interface ClientStatistics extends Readonly<ClientCounters> {
  /** SRTT in ms (RFC 6298); `undefined` until measured. */
  readonly smoothedRoundTripMs: number | undefined
  /** The last measured round trip in ms. */
  readonly lastRoundTripMs: number | undefined
  /** Commands in flight, keep-alives included. */
  readonly inFlight: number
  /** Commands that wait in the queue. */
  readonly queued: number
  /** Bytes held of incomplete replies. */
  readonly partsBytes: number
}

export function clientCounters(): ClientCounters {
  return { sent: 0, resent: 0, received: 0, repeated: 0, malformed: 0, unexpected: 0, acknowledged: 0 }
}
