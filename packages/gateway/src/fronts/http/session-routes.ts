import { Hono, type MiddlewareHandler } from 'hono'
import type { Role } from '../../roles/role.js'
import type { ServerKind } from '../../servers/game.js'
import type { ServerList } from '../../servers/server-list.js'
import { noteLogin } from '../front-parts.js'
import { COOKIE, NO_COOKIE, type Visitor } from './gatekeeper.js'
import { type Env, type HttpParts, visitOf } from './http-parts.js'
import { checkFields, readObject, textField } from './request-body.js'

/** Who is signed in, and what may be offered to them; the rest is refused, whatever is offered. */
interface SessionView {
  readonly user: string
  readonly role: string
  readonly may: {
    readonly audit: boolean
    /** `null` without a limit. */
    readonly perMinute: number | null
    readonly servers: readonly ServerKind[]
    readonly commands: readonly string[]
    readonly events: readonly string[]
  }
}

type SessionParts = Pick<HttpParts, 'access' | 'audit' | 'gatekeeper' | 'report' | 'servers' | 'settings'>

const MONTH_S = 2_592_000

/** Signing in and out of a browser, which keeps the token where no script reads it. */
export function sessionRoutes(parts: SessionParts, needsUser: MiddlewareHandler<Env>): Hono<Env> {
  const { gatekeeper, servers } = parts
  const app = new Hono<Env>()
  app.get('/', needsUser, (context) => context.json(sessionView(context.var.visitor, servers)))
  app.post('/', async (context) => {
    const body = await readObject(context)
    checkFields(body, ['token'])
    const token = textField(body, 'token')
    const visitor = gatekeeper.identify(visitOf(context), token)
    noteLogin(parts, visitor.subject.user, { front: 'http', from: visitor.from, server: null })
    context.header('set-cookie', cookieWith(token, isSecure(parts)))
    return context.json(sessionView(visitor, servers))
  })
  app.delete('/', (context) => context.body(null, 204, { 'set-cookie': NO_COOKIE }))
  return app
}

function sessionView({ subject: { user, role } }: Visitor, servers: ServerList): SessionView {
  return { user, role: role.name, may: abilities(role, servers) }
}

function abilities({ settings, knows }: Role, servers: ServerList): SessionView['may'] {
  const { audit, perMinute, commands, events } = settings
  return {
    audit,
    perMinute: perMinute === Number.POSITIVE_INFINITY ? null : perMinute,
    servers: servers
      .all()
      .filter(({ name }) => knows(name))
      .map(({ name, game }) => ({ name, game })),
    commands,
    events,
  }
}

function isSecure({ settings }: SessionParts): boolean {
  return settings.tls !== undefined || settings.behindProxy
}

function cookieWith(token: string, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${MONTH_S}`
  return `${COOKIE}=${encodeURIComponent(token)}; ${attributes}${secure ? '; Secure' : ''}`
}
