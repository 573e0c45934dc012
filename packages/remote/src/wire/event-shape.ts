import type { ConnectionEvent } from '@bercon/core'
import {
  isBytes,
  isFlag,
  isNumber,
  isText,
  oneOf,
  onlyFields,
  optional,
  type Shape,
  wrongField,
} from './shape.js'

const SILENCE = { unanswered: isNumber, silentMs: isNumber }

const isReason = oneOf(['forgotten', 'channel-lost', 'closed', 'refused'])

/** What each event has beside `type` and `at`; the compiler keeps it complete. */
const EVENT_SHAPES: { readonly [Type in ConnectionEvent['type']]: FieldsOf<Type> } = {
  connect: { address: isText, attempts: isNumber, elapsedMs: isNumber },
  unresponsive: SILENCE,
  responsive: SILENCE,
  disconnect: { reason: isReason },
  reconnecting: { attempt: isNumber, delayMs: isNumber },
  message: { text: isText, sequence: isNumber, number: isNumber, bytes: optional(isBytes) },
  command: { text: isText, reply: isText, sentAfter: isNumber, mixed: optional(isFlag) },
  malformed: { problem: isText, length: isNumber },
  eventsDropped: { from: isNumber, count: isNumber },
}

type FieldsOf<Type extends ConnectionEvent['type']> = {
  readonly [Field in Exclude<keyof Extract<ConnectionEvent, { type: Type }>, 'type' | 'at'>]-?: Shape[string]
}

const SHAPES: ReadonlyMap<unknown, Shape> = new Map(
  Object.entries(EVENT_SHAPES).map(([type, fields]) => [type, { type: isText, at: isNumber, ...fields }]),
)

/** An event as it crossed a channel, without unknown fields; `undefined` for anything else. */
export function readEvent(value: Readonly<Record<string, unknown>>): ConnectionEvent | undefined {
  const shape = SHAPES.get(value['type'])
  if (shape === undefined || wrongField(value, shape) !== undefined) return undefined
  return onlyFields(value, shape) as unknown as ConnectionEvent
}
