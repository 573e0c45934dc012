import type {
  CommandRequest,
  ConnectionEvent,
  ConnectionState,
  ConnectionStatistics,
  ErrorData,
  Target,
} from '@bercon/core'

/** The module that the worker runs. Here, because it stands beside the folders of both threads. */
export const WORKER_MODULE: URL = new URL('./worker/worker.js', import.meta.url)

/** What the caller asks of the worker. Durations, never moments: each thread counts time from its own start. */
export type Call =
  | { readonly type: 'open'; readonly target: Target }
  | (CommandRequest & { readonly type: 'exchange'; readonly timeoutMs: number | undefined })
  | { readonly type: 'poll'; readonly waitMs: number }
  | { readonly type: 'look' }
  | { readonly type: 'close' }

/** A call as errors name it: by the command's text, or the client's method. */
export function callName(call: Call): string {
  if (call.type === 'exchange') return call.text
  return call.type === 'open' ? 'connect' : call.type
}

/** A call on its way to the worker; flat, as an answer is, because each object within an object costs time. */
export type NumberedCall = Call & {
  readonly id: number
  /** Whether the events that wait are to come with the answer. */
  readonly takesEvents: boolean
}

/** What came of a call: the text of a reply, empty where there is none, or an error. */
export type Result = { readonly reply: string } | { readonly error: ErrorData }

/** What the worker answers a call with. */
export type Answer = Result & {
  readonly id: number
  /** How the connection stands after it. */
  readonly state: ConnectionState
  readonly events: readonly ConnectionEvent[]
  /** Events that were given up so far. */
  readonly lostEvents: number
  /** But for an exchange and a poll. */
  readonly statistics?: ConnectionStatistics
  /** Why the connection has ended, when it has. */
  readonly ended?: { readonly reason: ErrorData | undefined }
}

/** The worker's last words. */
export interface Failed {
  readonly failed: ErrorData
}
