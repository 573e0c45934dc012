import { Hono } from 'hono'
import { anyOf } from '../../roles/glob.js'
import { eventStream } from './event-stream.js'
import { type Env, type HttpParts, roleOf } from './http-parts.js'
import { Refused } from './problem.js'
import { checkFields } from './request-body.js'

const MAX_STREAMS_OF_USER = 64

/** Events as they happen. */
export function eventRoutes(parts: HttpParts): Hono<Env> {
  const { feed, clock } = parts
  // By user.
  const open = new Map<string, number>()
  const count = (user: string, more: number) => open.set(user, (open.get(user) ?? 0) + more)
  return new Hono<Env>().get('/', (context) => {
    const { req, env } = context
    checkFields(req.query(), ['server', 'event'])
    const { visitor } = context.var
    const isServer = anyOf(req.queries('server') ?? ['*'])
    const isEvent = anyOf(req.queries('event') ?? ['*'])
    const { user } = visitor.subject
    if ((open.get(user) ?? 0) >= MAX_STREAMS_OF_USER)
      throw new Refused('rate-limited', `${user} reads ${MAX_STREAMS_OF_USER} streams of events already`)
    count(user, 1)
    const stream = eventStream({
      feed,
      clock,
      role: () => roleOf(parts, visitor),
      wants: ({ server, type }) => isServer(server) && isEvent(type),
      lastId: req.header('last-event-id'),
      cut: () => env?.outgoing?.destroy(),
      onEnd: () => count(user, -1),
    })
    // Without this nginx would hold events back.
    return context.body(stream, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  })
}
