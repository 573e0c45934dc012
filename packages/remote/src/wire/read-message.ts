import { CONNECTION_MOVES, idleStatistics } from '@bercon/core/kit'
import { readEvent } from './event-shape.js'
import type { ClientMessage, HostMessage } from './message.js'
import {
  type Check,
  isDuration,
  isFlag,
  isId,
  isNumber,
  isObject,
  isText,
  isTexts,
  objectOf,
  oneOf,
  onlyFields,
  optional,
  type Shape,
  wrongField,
} from './shape.js'

/** A text that is no message, and why, as a clause for an error. */
export interface Fault {
  readonly type: 'fault'
  readonly problem: string
}

const error = objectOf({ code: optional(isText), name: isText, message: isText, facts: isObject })
const close: Shape = { type: isText, error: optional(error) }

const CLIENT_SHAPES: Readonly<Record<ClientMessage['type'], Shape>> = {
  hello: { type: isText, version: isNumber, bundle: optional(isId), replies: optional(isTexts) },
  open: { type: isText, id: isId, target: objectOf({ host: isText, port: isNumber, password: isText }) },
  exchange: {
    type: isText,
    id: isId,
    text: isText,
    resend: isFlag,
    verifyEnd: optional(isFlag),
    hasTotal: optional(isFlag),
    timeoutMs: isDuration,
  },
  cancel: { type: isText, id: isId },
  close,
}

const HOST_SHAPES: Readonly<Record<HostMessage['type'], Shape>> = {
  state: {
    type: isText,
    version: isNumber,
    at: isNumber,
    state: oneOf(Object.keys(CONNECTION_MOVES)),
    control: isFlag,
    window: isId,
    statistics: objectOf(numbersOf(idleStatistics())),
    bundle: optional(isId),
    refusal: optional(error),
  },
  answer: { type: isText, id: isId, reply: optional(isText), error: optional(error) },
  event: { type: isText, event: isObject },
  close,
}

/** Reads what a client says; never throws. */
export function readClientMessage(text: string, maxLength: number): ClientMessage | Fault {
  return lengthFault(text, maxLength) ?? clientMessage(parsed(text))
}

/** As {@link readClientMessage}, also of a list of messages. */
export function readClientMessages(text: string, maxLength: number): readonly (ClientMessage | Fault)[] {
  return each(text, maxLength, clientMessage)
}

/** Reads what a host says; never throws. */
export function readHostMessage(text: string, maxLength: number): HostMessage | Fault {
  return lengthFault(text, maxLength) ?? hostMessage(parsed(text))
}

/** As {@link readHostMessage}, also of a list of messages. */
export function readHostMessages(text: string, maxLength: number): readonly (HostMessage | Fault)[] {
  return each(text, maxLength, hostMessage)
}

function each<T>(text: string, maxLength: number, read: (value: unknown) => T): readonly (T | Fault)[] {
  const tooLong = lengthFault(text, maxLength)
  if (tooLong !== undefined) return [tooLong]
  const value = parsed(text)
  return Array.isArray(value) && value.length > 0 ? value.map(read) : [read(value)]
}

function clientMessage(value: unknown): ClientMessage | Fault {
  return messageOf(value, CLIENT_SHAPES) as ClientMessage | Fault
}

function hostMessage(value: unknown): HostMessage | Fault {
  const message = messageOf(value, HOST_SHAPES) as HostMessage | Fault
  if (message.type === 'event') {
    const event = readEvent(message.event)
    return event === undefined ? wrongFieldFault('event', 'event') : { type: 'event', event }
  }
  if (message.type === 'answer' && 'reply' in message === 'error' in message)
    return fault('an answer must have either a reply or an error')
  return message
}

function messageOf(value: unknown, shapes: Readonly<Record<string, Shape>>): unknown {
  if (!isObject(value)) return fault('a message is not a JSON object')
  const { type } = value
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type))
    return fault(`there is no message of the type ${JSON.stringify(type)?.slice(0, 40)}`)
  const shape = shapes[type] ?? {}
  const wrong = wrongField(value, shape)
  return wrong === undefined ? onlyFields(value, shape) : wrongFieldFault(wrong, type)
}

function wrongFieldFault(field: string, type: string): Fault {
  return fault(`"${field}" of a message "${type}" is missing or wrong`)
}

function lengthFault(text: string, maxLength: number): Fault | undefined {
  if (text.length <= maxLength) return undefined
  return fault(`a message has ${text.length} characters, and ${maxLength} are allowed`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fault(problem: string): Fault {
  return { type: 'fault', problem }
}

function numbersOf(numbers: object): Shape {
  const check = (value: unknown): Check => (value === undefined ? optional(isNumber) : isNumber)
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, check(value)]))
}
