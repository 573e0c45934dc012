import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { auditRoutes } from './audit-routes.js'
import { eventRoutes } from './event-routes.js'
import { type Env, type HttpParts, visitOf } from './http-parts.js'
import { openApi } from './openapi.js'
import { problemOf, problemResponse, Refused } from './problem.js'
import { serverRoutes } from './server-routes.js'
import { sessionRoutes } from './session-routes.js'

const METHODS = 'GET, POST, DELETE'
const HEADERS = 'Authorization, Content-Type, Last-Event-ID'

/** All routes of the HTTP front. */
export function createApp(parts: HttpParts): Hono<Env> {
  const { gatekeeper, metrics, settings, servers, report } = parts
  const app = new Hono<Env>()
  const needsUser: MiddlewareHandler<Env> = async (context, next) => {
    context.set('visitor', gatekeeper.identify(visitOf(context)))
    await next()
  }
  app.onError((error) => {
    const { response, isOwn } = problemOf(error)
    if (isOwn) report({ type: 'error', error, during: 'http' })
    return response
  })
  app.notFound(({ req }) => problemResponse('not-found', `There is no ${req.method} ${req.path}`))
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of SAFE_HEADERS) context.header(name, value)
  })
  app.use(async (context, next) => {
    gatekeeper.checkPlace(visitOf(context))
    await next()
  })
  app.get('/healthz', ({ json }) => json({ status: 'ok' }))
  app.use('/api/*', async (context, next) => {
    allowOrigin(context)
    if (context.req.method === 'OPTIONS') return context.body(null, 204)
    await next()
    context.header('cache-control', 'no-store')
    return undefined
  })
  app.get('/api/openapi.json', ({ json }) => json(openApi))
  app.route('/api/session', sessionRoutes(parts, needsUser))
  app.use('/api/*', needsUser)
  app.route('/api/servers', serverRoutes(parts))
  app.route('/api/events', eventRoutes(parts))
  app.route('/api/audit', auditRoutes(parts))
  app.get('/metrics', async (context) => {
    if (!settings.openMetrics) {
      const { role } = gatekeeper.identify(visitOf(context)).subject
      const hidden = servers.all().find(({ name }) => !role.knows(name))
      if (hidden !== undefined)
        throw new Refused(
          'forbidden',
          `The role ${role.name} does not name every server, and metrics name them all`,
        )
    }
    const { text, contentType } = await metrics()
    return context.body(text, 200, { 'content-type': contentType })
  })
  app.get('*', ({ req }) => {
    if (parts.files !== undefined) return parts.files.serve(req.path, req.header('if-none-match'))
    throw new Refused(
      'not-found',
      `There is no ${req.path}. The page is in the package @bercon/console, which is not installed`,
    )
  })
  return app
}

const SAFE_HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
] as const

/** Pages of another origin read the answer only if a header allows it. */
function allowOrigin(context: Context<Env>): void {
  const origin = context.req.header('origin')
  if (origin === undefined) return
  context.header('access-control-allow-origin', origin)
  context.header('vary', 'origin')
  if (context.req.method !== 'OPTIONS') return
  context.header('access-control-allow-methods', METHODS)
  context.header('access-control-allow-headers', HEADERS)
  context.header('access-control-max-age', '600')
}
