import { Hono } from 'hono'
import { readAuditPage } from '../../audit/audit-page.js'
import type { Env, HttpParts } from './http-parts.js'
import { Refused } from './problem.js'
import { checkFields } from './request-body.js'

const USUAL_LIMIT = 100
const MAX_LIMIT = 1_000
const FIELDS = ['server', 'user', 'outcome', 'limit', 'before'] as const

/** The audit, for roles that may read it: entries about servers that the role names, and about none. */
export function auditRoutes({ auditDirectory }: Pick<HttpParts, 'auditDirectory'>): Hono<Env> {
  return new Hono<Env>().get('/', async (context) => {
    const { role } = context.var.visitor.subject
    if (!role.settings.audit) throw new Refused('forbidden', `The role ${role.name} may not read the audit`)
    const query: { readonly [Name in (typeof FIELDS)[number]]?: string } = context.req.query()
    checkFields(query, FIELDS)
    const { server, user, outcome, before } = query
    if (auditDirectory === undefined)
      throw new Refused('not-found', 'The audit of this gateway cannot be read here')
    const limit = limitOf(query.limit)
    return context.json(
      await readAuditPage(auditDirectory, { server, user, outcome, before, limit, shows: role.knows }),
    )
  })
}

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? USUAL_LIMIT : /^[0-9]{1,4}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= MAX_LIMIT) return limit
  throw new Refused('invalid-argument', `limit must be a whole number from 1 to ${MAX_LIMIT}`)
}
