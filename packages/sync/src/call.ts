import type { Target } from '@bercon/core'
import type { CommandRequest } from '@bercon/core/kit'
import type { ClientMessage, HostMessage } from '@bercon/remote/wire'

/** The module that the worker runs. Here, because this file is beside the folders of both threads. */
export const WORKER_MODULE: URL = new URL('./worker/worker.js', import.meta.url)

/** A call of the blocking client. Durations, never points in time: each thread counts time from its own start. */
export type Call =
  | { readonly type: 'open'; readonly target: Target }
  | (CommandRequest & { readonly type: 'exchange'; readonly timeoutMs: number })
  | { readonly type: 'poll'; readonly waitMs: number }
  | { readonly type: 'look' }
  | { readonly type: 'close' }

/** The name of a call in errors: the command's text, or the client's method. */
export function callName(call: Call): string {
  if (call.type === 'exchange') return call.text
  return call.type === 'open' ? 'connect' : call.type
}

/**
 * What the caller posts: a number that the worker sends back, and messages of `@bercon/remote` as they are. Flat, because
 * each nested object costs time.
 */
export type Asked = readonly [mark: number, ...messages: ClientMessage[]]

/** What the worker posts: the newest number that it has received, and its messages. */
export type Said = readonly [mark: number, ...messages: HostMessage[]]

/** The memory that both threads share: a number that increases with every post of the worker, and what the caller wants. */
export const SIGNAL_AT = 0
export const DEMAND_AT = 1

/** What the caller wants, as bits: the events too, and everything at once instead of with the next answer. */
export const EVENTS = 1
export const AT_ONCE = 2
