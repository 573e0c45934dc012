import type { ConnectionEvent } from '@bercon/client'
import { type HostMessage, readHostMessage } from '@bercon/remote/wire'
import { MAX_LENGTH } from './command-message.js'
import { epochText, readEpoch } from './epoch-text.js'

/** What happens on a server's connection, as its owner publishes it. */
export interface ServerEvent {
  readonly epoch: number
  /** From 1 in each epoch, without a hole: a reader that misses one knows that events are lost. */
  readonly number: number
  readonly event: ConnectionEvent
}

export function eventText({ epoch, number, event }: ServerEvent): string {
  const message: HostMessage = { type: 'event', event }
  return epochText(epoch, epochText(number, JSON.stringify(message)))
}

/** Reads an event; nothing for a text that is none. */
export function readEvent(text: string): ServerEvent | undefined {
  const outer = readEpoch(text)
  if (outer === undefined) return undefined
  const inner = readEpoch(outer.rest)
  if (inner === undefined) return undefined
  const message = readHostMessage(inner.rest, MAX_LENGTH)
  return message.type === 'event'
    ? { epoch: outer.epoch, number: inner.epoch, event: message.event }
    : undefined
}
