// @ts-nocheck
import { Hono } from 'hono'
import { anyOf } from '../../roles/glob.js'
import { eventStream } from './event-stream.js'
import { type Env, type HttpParts, roleOf } from './http-parts.js'
import { checkFields } from './request-body.js'

/** Events as they happen. */
export function eventRoutes(parts: HttpParts): Hono<Env> {
  const { feed, clock } = parts
  return new Hono<Env>().get('/', (context) => {
    const { req } = context
    checkFields(req.query(), ['server', 'event'])
    const { visitor } = context.var
    const isServer = anyOf(req.queries('server') ?? ['*'])
    const isEvent = anyOf(req.queries('event') ?? ['*'])
    const stream = eventStream({
      feed,
      clock,
      role: () => roleOf(parts, visitor),
      wants: ({ server, type }) => isServer(server) && isEvent(type),
      lastId: req.header('last-event-id'),
    })
    // Without this nginx would hold events back.
    return context.body(stream, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  })
}
