import { listOf, record, ref, type Schema, type SchemaName, schemas, text } from './openapi-schemas.js'
import { PROBLEMS, type ProblemCode } from './problem.js'

const COMMON: readonly ProblemCode[] = ['token-in-url', 'origin-refused', 'internal']
const FOR_USERS: readonly ProblemCode[] = [...COMMON, 'unauthorized', 'too-many-attempts']
const COMMAND_FAILURES: readonly ProblemCode[] = [
  ...FOR_USERS,
  'not-found',
  'command-disallowed',
  'rate-limited',
  'audit-failure',
  'not-connected',
  'closed',
  'command-timeout',
  'connection-lost',
  'reply-too-large',
]
const LIST_FAILURES: readonly ProblemCode[] = [
  ...COMMAND_FAILURES,
  'unexpected-reply',
  'incomplete-reply',
  'unknown-command',
]
const NAME: Schema = {
  name: 'name',
  in: 'path',
  required: true,
  schema: text,
  description: 'The name of a server.',
}

/** The description of the HTTP front for generators of clients (OpenAPI 3.1). */
export const openApi: Schema = {
  openapi: '3.1.0',
  info: {
    title: 'bercon gateway',
    version: '1',
    description:
      'ServerGame servers by RCON, for many users. Every error is a problem (RFC 9457) with a code.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{ token: [] }, { cookie: [] }],
  paths: {
    '/api/session': {
      get: route('getSession', 'Who is signed in, and what they may do.', answer('Session'), FOR_USERS),
      post: {
        ...route('signIn', 'Keeps the token in a cookie that scripts cannot read.', answer('Session'), [
          ...FOR_USERS,
          'invalid-argument',
          'too-large',
        ]),
        security: [],
        requestBody: body(record({ token: text })),
      },
      delete: {
        ...route('signOut', 'Removes the cookie.', { 204: { description: 'Removed.' } }, COMMON),
        security: [],
      },
    },
    '/api/servers': {
      get: route(
        'listServers',
        'The servers that the role names.',
        json(record({ servers: listOf(ref('Server')) })),
        FOR_USERS,
      ),
    },
    '/api/servers/{name}': {
      parameters: [NAME],
      get: route('getServer', 'How a server is.', answer('Server'), [...FOR_USERS, 'not-found']),
    },
    '/api/servers/{name}/history': {
      parameters: [NAME],
      get: route(
        'getHistory',
        'How a server was in the last six hours.',
        json(record({ samples: listOf(ref('Sample')) })),
        [...FOR_USERS, 'not-found'],
      ),
    },
    '/api/servers/{name}/players': {
      parameters: [NAME],
      get: route(
        'listPlayers',
        'Asks the server who is on it.',
        json(record({ players: listOf(ref('PlayerRow')) })),
        LIST_FAILURES,
      ),
    },
    '/api/servers/{name}/bans': {
      parameters: [NAME],
      get: route(
        'listBans',
        'Asks the server for its bans.',
        json(record({ bans: listOf(ref('BanRow')) })),
        LIST_FAILURES,
      ),
    },
    '/api/servers/{name}/commands': {
      parameters: [NAME],
      post: {
        ...route('sendCommand', 'Sends a command, as far as the role allows it.', answer('Answer'), [
          ...COMMAND_FAILURES,
          'invalid-argument',
          'too-large',
        ]),
        requestBody: body(
          record(
            {
              text: { ...text, maxLength: 1391 },
              resend: {
                type: 'boolean',
                description: 'Whether it may be sent again, and so be executed twice.',
              },
              timeoutMs: { type: 'number', minimum: 1, maximum: 120_000 },
            },
            ['resend', 'timeoutMs'],
          ),
        ),
      },
    },
    '/api/servers/{name}/connection': {
      parameters: [NAME],
      get: route(
        'connect',
        'A WebSocket that speaks the protocol of @bercon/remote, by the subprotocol bercon.v1.',
        { 101: { description: 'The WebSocket is open.' } },
        [...FOR_USERS, 'not-found'],
      ),
    },
    '/api/events': {
      get: {
        ...route(
          'listen',
          'Events as they happen, as server-sent events.',
          { 200: { description: 'A stream.', content: { 'text/event-stream': { schema: text } } } },
          [...FOR_USERS, 'invalid-argument'],
        ),
        parameters: [
          query('server', 'A glob of names of servers; may be repeated.'),
          query('event', 'A glob of names of events; may be repeated.'),
          { ...query('Last-Event-ID', 'The id of the last event that was seen.'), in: 'header' },
        ],
      },
    },
    '/api/audit': {
      get: {
        ...route('readAudit', 'Who did what, newest first.', answer('AuditPage'), [
          ...FOR_USERS,
          'forbidden',
          'not-found',
          'invalid-argument',
        ]),
        parameters: [
          query('server', 'The name of a server.'),
          query('user', 'The name of a user.'),
          query('outcome', 'An outcome.'),
          {
            ...query('limit', 'At most so many entries.'),
            schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 },
          },
          query('before', 'The `next` of the page before.'),
        ],
      },
    },
    '/api/openapi.json': {
      get: { ...route('describe', 'This description.', json({ type: 'object' }), COMMON), security: [] },
    },
    '/healthz': {
      get: {
        ...route('health', 'Whether the gateway runs.', json(record({ status: { const: 'ok' } })), []),
        security: [],
      },
    },
    '/metrics': {
      get: route(
        'metrics',
        'Metrics for Prometheus.',
        { 200: { description: 'Metrics.', content: { 'text/plain': { schema: text } } } },
        ['unauthorized', 'too-many-attempts', 'forbidden', 'internal'],
      ),
    },
  },
  components: {
    schemas,
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'bercon' },
    },
  },
}

function json(schema: Schema): Schema {
  return { 200: { description: 'The answer.', content: { 'application/json': { schema } } } }
}

function answer(name: SchemaName): Schema {
  return json(ref(name))
}

function body(schema: Schema): Schema {
  return { required: true, content: { 'application/json': { schema } } }
}

function query(name: string, description: string): Schema {
  return { name, in: 'query', description, schema: text }
}

function route(operationId: string, summary: string, answers: Schema, codes: readonly ProblemCode[]): Schema {
  return { operationId, summary, responses: { ...answers, ...problems(codes) } }
}

function problems(codes: readonly ProblemCode[]): Schema {
  const content = { 'application/problem+json': { schema: ref('Problem') } }
  const statuses = new Set(codes.map((code) => PROBLEMS[code][0]))
  const described = [...statuses].map((status) => {
    const ones = codes.filter((code) => PROBLEMS[code][0] === status)
    return [status, { description: `\`code\`: ${ones.join(', ')}`, content }]
  })
  return Object.fromEntries(described)
}
