import type { ConnectionStatistics } from '@bercon/core'

/** What a connection counts, and what its worker had to give up. */
export interface SyncStatistics extends ConnectionStatistics {
  /** Events that went because nobody took them: `maxQueuedEvents`. */
  readonly lostEvents: number
}
