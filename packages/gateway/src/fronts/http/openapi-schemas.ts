import { PROBLEMS } from './problem.js'

/** A schema of OpenAPI 3.1, or another part of a description. */
export type Schema = Readonly<Record<string, unknown>>

/** Any text. */
export const text: Schema = { type: 'string' }
const bool: Schema = { type: 'boolean' }
const count: Schema = { type: 'integer', minimum: 0 }
const ms: Schema = { type: 'number', minimum: 0 }
const texts = listOf(text)
const game: Schema = { type: 'string', enum: ['arma3', 'dayz', 'reforger', 'auto'] }
const OUTCOMES = ['answered', 'refused', 'not-sent', 'unknown', 'executed']
const outcome: Schema = { type: 'string', enum: OUTCOMES }

/** The names of {@link schemas}. */
export type SchemaName =
  | 'Session'
  | 'Server'
  | 'Sample'
  | 'PlayerRow'
  | 'BanRow'
  | 'Answer'
  | 'AuditEntry'
  | 'AuditPage'
  | 'Problem'

/** What the answers are made of, by name. */
export const schemas: Readonly<Record<SchemaName, Schema>> = {
  Session: record({
    user: text,
    role: text,
    may: record({
      audit: bool,
      perMinute: orNull('integer'),
      servers: listOf(record({ name: text, game })),
      commands: texts,
      events: texts,
    }),
  }),
  Server: record({
    name: text,
    game,
    state: {
      type: 'string',
      enum: ['idle', 'connecting', 'connected', 'unresponsive', 'reconnecting', 'refused', 'closed'],
    },
    players: orNull('integer'),
    roundTripMs: orNull('number'),
    inFlight: count,
    queued: count,
    datagrams: record({ sent: count, resent: count, received: count, repeated: count, malformed: count }),
    logins: count,
    lastLine: { anyOf: [record({ at: ms, text }), { type: 'null' }] },
  }),
  Sample: record({ at: ms, players: orNull('integer'), roundTripMs: orNull('number'), resent: count }),
  PlayerRow: record({
    id: count,
    name: text,
    guid: orNull('string'),
    isGuidValid: bool,
    ip: orNull('string'),
    port: orNull('integer'),
    ping: orNull('number'),
    inLobby: bool,
    identityId: orNull('string'),
  }),
  BanRow: record({
    index: orNull('integer'),
    kind: { type: 'string', enum: ['guid', 'ip', 'identity'] },
    target: text,
    minutesLeft: orNull('integer'),
    isPermanent: orNull('boolean'),
    reason: orNull('string'),
    name: orNull('string'),
  }),
  Answer: record({ reply: text, outcome: { const: 'answered' }, elapsedMs: ms }),
  AuditEntry: record(
    {
      at: { type: 'string', format: 'date-time' },
      id: text,
      event: { type: 'string', enum: ['command', 'outcome', 'login', 'reload'] },
      user: orNull('string'),
      role: orNull('string'),
      server: orNull('string'),
      front: { enum: ['battleye', 'websocket', 'http', null] },
      from: orNull('string'),
      command: text,
      outcome: { type: 'string', enum: [...OUTCOMES, 'accepted'] },
      code: text,
      elapsedMs: ms,
    },
    ['command', 'outcome', 'code', 'elapsedMs'],
  ),
  AuditPage: record({ entries: listOf(ref('AuditEntry')), next: orNull('string') }),
  Problem: record(
    {
      type: { const: 'about:blank' },
      title: text,
      status: { type: 'integer' },
      detail: text,
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      outcome,
    },
    ['outcome'],
  ),
}

/** An object with these fields, all of them required but those that are named. */
export function record(fields: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(fields).filter((name) => !optional.includes(name))
  return { type: 'object', properties: fields, required }
}

/** A list of such. */
export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

function orNull(type: string): Schema {
  return { type: [type, 'null'] }
}

/** A schema of {@link schemas}. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}
