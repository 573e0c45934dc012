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
    if (speed !== Number.POSITIVE_INFINITY && at > before)
      await sleep((at - before) / speed, undefined, { signal })
    before = at
    client.onMessage(decodeText(bytes, { encoding }), { number, at })
  }
}
