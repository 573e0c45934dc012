import { setTimeout as sleep } from 'node:timers/promises'
import { AsyncRconClient } from '@bercon/client'
import { decodeText } from '@bercon/protocol'
import { type WatchedEvent, watchEvents } from '../watch/watched-event.js'
import type { RecordedMessage } from './recorded-messages.js'

/** How to replay. */
export interface ReplayOptions {
  /** As many times as fast as it was; `Infinity` is at once. */
  readonly speed: number
  readonly encoding: string | undefined
  readonly signal: AbortSignal
}

/** Feeds recorded messages to a client that connects to nothing, and shows the events that it emits. */
export async function replayMessages(
  messages: readonly RecordedMessage[],
  { speed, encoding, signal }: ReplayOptions,
  show: (event: WatchedEvent) => void,
): Promise<void> {
  const client = new AsyncRconClient(encoding === undefined ? {} : { encoding })
  watchEvents(client, show)
  let before = messages[0]?.at ?? 0
  for (const { at, number, bytes } of messages) {
    if (speed !== Number.POSITIVE_INFINITY && at > before) await wait((at - before) / speed, signal)
    before = at
    client.onMessage(decodeText(bytes, { encoding }), { number, at })
  }
}

// What a timer of the system can wait for.
const LONGEST_TIMER_MS = 2 ** 31 - 1

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= LONGEST_TIMER_MS)
    await sleep(Math.min(left, LONGEST_TIMER_MS), undefined, { signal })
}
