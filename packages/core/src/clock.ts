import type { Clock as DriverClock } from '@bercon/protocol/driver'

/** Time as a connection sees it: one clock that never goes backwards, and one for people. */
export interface ClientClock extends DriverClock {
  /** Milliseconds since 1970. */
  wallNow(): number
}
