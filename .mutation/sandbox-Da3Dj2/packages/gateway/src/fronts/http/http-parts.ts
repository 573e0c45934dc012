// @ts-nocheck
import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Role } from '../../roles/role.js'
import type { FrontParts } from '../front-parts.js'
import type { Gatekeeper, Visit, Visitor } from './gatekeeper.js'
import type { HttpSettings } from './http-options.js'
import type { StaticFiles } from './static-files.js'

/** What Hono knows of the gateway's requests. */
export interface Env {
  Bindings: Partial<HttpBindings | Http2Bindings>
  Variables: { visitor: Visitor }
}

/** What the HTTP front works with. */
export interface HttpParts extends FrontParts {
  readonly settings: HttpSettings
  readonly gatekeeper: Gatekeeper
  /** The folder of the audit; nothing if it cannot be read from here. */
  readonly auditDirectory: string | undefined
  /** The text of `/metrics`. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** The console's page, if it is installed. */
  readonly files: StaticFiles | undefined
}

/** Who sends a request, as the gatekeeper sees it. */
export function visitOf({ req, env }: Context<Env>): Visit {
  return {
    front: 'http',
    url: new URL(req.url),
    header: (name) => req.header(name),
    socket: env?.incoming?.socket,
  }
}

/** The role of the user now, also in the middle of a long answer. */
export function roleOf({ access }: FrontParts, { identity }: Visitor): Role | undefined {
  return access().subject(identity)?.role
}
