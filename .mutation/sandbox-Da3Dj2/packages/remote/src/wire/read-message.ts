// @ts-nocheck
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
  hello: { type: isText, version: isNumber },
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
    refusal: optional(error),
  },
  answer: { type: isText, id: isId, reply: optional(isText), error: optional(error) },
  event: { type: isText, event: (value) => readEvent(value) !== undefined },
  close,
}

/** Reads what a client says; never throws. */
export function readClientMessage(text: string, maxLength: number): ClientMessage | Fault {
  return read(text, maxLength, CLIENT_SHAPES) as ClientMessage | Fault
}

/** Reads what a host says; never throws. */
export function readHostMessage(text: string, maxLength: number): HostMessage | Fault {
  const message = read(text, maxLength, HOST_SHAPES) as HostMessage | Fault
  if (message.type === 'event') return { type: 'event', event: readEvent(message.event) ?? message.event }
  if (message.type === 'answer' && 'reply' in message === 'error' in message)
    return fault('an answer must have either a reply or an error')
  return message
}

function read(text: string, maxLength: number, shapes: Readonly<Record<string, Shape>>): unknown {
  if (text.length > maxLength)
    return fault(`a message has ${text.length} characters, and ${maxLength} are allowed`)
  const value = parsed(text)
  if (!isObject(value)) return fault('a message is not a JSON object')
  const { type } = value
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type))
    return fault(`there is no message of the type ${JSON.stringify(type)?.slice(0, 40)}`)
  const shape = shapes[type] ?? {}
  const wrong = wrongField(value, shape)
  return wrong === undefined
    ? onlyFields(value, shape)
    : fault(`"${wrong}" of a message "${type}" is missing or wrong`)
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
