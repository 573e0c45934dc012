// @ts-nocheck
import type { ConnectionEvent, ConnectionState, ConnectionStatistics, Target } from '@bercon/core'
import type { CommandRequest, ErrorData } from '@bercon/core/kit'

/** The module that the worker runs. Here, because this file is beside the folders of both threads. */
export const WORKER_MODULE: URL = new URL('./worker/worker.js', import.meta.url)

/** A request to the worker. Durations, never points in time: each thread counts time from its own start. */
export type Call =
  | { readonly type: 'open'; readonly target: Target }
  | (CommandRequest & { readonly type: 'exchange'; readonly timeoutMs: number | undefined })
  | { readonly type: 'poll'; readonly waitMs: number }
  | { readonly type: 'look' }
  | { readonly type: 'close' }

/** The name of a call in errors: the command's text, or the client's method. */
export function callName(call: Call): string {
  if (call.type === 'exchange') return call.text
  return call.type === 'open' ? 'connect' : call.type
}

/** A call sent to the worker; flat, like an answer, because each nested object costs time. */
export type NumberedCall = Call & {
  readonly id: number
  /** Whether the answer carries the waiting events. */
  readonly takesEvents: boolean
}

/** The outcome of a call: the text of a reply, empty if there is none, or an error. */
export type Result = { readonly reply: string } | { readonly error: ErrorData }

/** The worker's answer to a call. */
export type Answer = Result & {
  readonly id: number
  /** The state of the connection after the call. */
  readonly state: ConnectionState
  readonly events: readonly ConnectionEvent[]
  /** Events dropped so far. */
  readonly lostEvents: number
  /** Absent for an exchange and a poll. */
  readonly statistics?: ConnectionStatistics
  /** Why the connection ended, if it has. */
  readonly ended?: { readonly reason: ErrorData | undefined }
}

/** The worker's last message before it ends. */
export interface Failed {
  readonly failed: ErrorData
}
