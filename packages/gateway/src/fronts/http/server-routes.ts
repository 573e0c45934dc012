import type { AsyncRconClient, CallOptions } from '@bercon/client'
import { type Context, Hono } from 'hono'
import { mayRun, noSuchServer } from '../../roles/judge.js'
import type { Carried, Order, Work } from '../../servers/command-desk.js'
import { fetchBanRows, fetchPlayerRows } from '../../servers/list-rows.js'
import { sendRaw } from '../../servers/raw-command.js'
import type { GatewayServer } from '../../servers/server-list.js'
import { serverStatus } from '../../servers/server-status.js'
import type { Env, HttpParts } from './http-parts.js'
import { Refused } from './problem.js'
import { checkFields, readObject, textField } from './request-body.js'

const MAX_TIMEOUT_MS = 120_000

type Named = Context<Env, '/:name'>

type FetchRows<Row> = (
  client: AsyncRconClient,
  isBuiltIn: boolean,
  call: CallOptions,
) => Promise<readonly Row[]>

/** Servers, what is on them, and commands to them. */
export function serverRoutes(parts: HttpParts): Hono<Env> {
  const { servers, feed } = parts
  const app = new Hono<Env>()
  app.get('/', (context) => {
    const { role } = context.var.visitor.subject
    const known = servers.all().filter(({ name }) => role.knows(name))
    return context.json({ servers: known.map((server) => serverStatus(server, role, feed)) })
  })
  app.get('/:name', (context) => {
    const server = serverOf(context, parts)
    return context.json(serverStatus(server, context.var.visitor.subject.role, feed))
  })
  app.get('/:name/history', (context) => {
    const server = serverOf(context, parts)
    const showsPlayers = mayRun(context.var.visitor.subject.role, server, 'players')
    const samples = parts.history.of(server.name)
    return context.json({
      samples: showsPlayers ? samples : samples.map((sample) => ({ ...sample, players: null })),
    })
  })
  app.get('/:name/players', async (context) =>
    context.json({ players: await listOf(context, parts, 'players', fetchPlayerRows) }),
  )
  app.get('/:name/bans', async (context) =>
    context.json({ bans: await listOf(context, parts, 'bans', fetchBanRows) }),
  )
  app.post('/:name/commands', async (context) => {
    serverOf(context, parts)
    const { text, resend, timeoutMs } = commandOf(await readObject(context))
    const asked = { text, call: { timeoutMs } }
    const { value, elapsedMs } = await carryOut(context, parts, asked, (client, allowed, call) =>
      sendRaw(client, allowed, { resend, ...call }),
    )
    return context.json({ reply: value, outcome: 'answered', elapsedMs })
  })
  return app
}

/** A server that the role names. @throws {@link Refused} as for one that does not exist. */
function serverOf(context: Named, { servers }: HttpParts): GatewayServer {
  const name = context.req.param('name')
  const server = servers.get(name)
  if (server === undefined || !context.var.visitor.subject.role.knows(name))
    throw new Refused('not-found', noSuchServer(name))
  return server
}

async function listOf<Row>(
  context: Named,
  parts: HttpParts,
  text: string,
  fetchRows: FetchRows<Row>,
): Promise<readonly Row[]> {
  const server = serverOf(context, parts)
  // A list is of no use to a user who is gone.
  const asked = { text, call: { signal: context.req.raw.signal } }
  const { value } = await carryOut(context, parts, asked, async (client, _text, call) =>
    fetchRows(client, await parts.kinds.isBuiltIn({ ...server, client }, call), call),
  )
  return value
}

async function carryOut<T>(
  context: Named,
  { desk }: HttpParts,
  asked: Pick<Order, 'text' | 'call'>,
  work: Work<T>,
): Promise<Extract<Carried<T>, { type: 'answered' }>> {
  const { identity, from } = context.var.visitor
  const server = context.req.param('name')
  const carried = await desk.carryOut({ identity, front: 'http', from, server, ...asked }, work)
  if (carried.type === 'answered') return carried
  const { refusal } = carried
  throw new Refused(refusal.code, refusal.detail, {
    outcome: 'refused',
    ...(refusal.code === 'rate-limited' && {
      headers: { 'retry-after': String(Math.ceil(refusal.retryAfterMs / 1_000)) },
    }),
  })
}

function commandOf(body: Readonly<Record<string, unknown>>): {
  readonly text: string
  readonly resend: boolean | undefined
  readonly timeoutMs: number | undefined
} {
  checkFields(body, ['text', 'resend', 'timeoutMs'])
  const { resend, timeoutMs } = body
  if (resend !== undefined && typeof resend !== 'boolean')
    throw new Refused('invalid-argument', 'resend must be true or false')
  if (timeoutMs !== undefined && !isTimeout(timeoutMs))
    throw new Refused('invalid-argument', `timeoutMs must be a number from 1 to ${MAX_TIMEOUT_MS}`)
  return { text: textField(body, 'text'), resend, timeoutMs }
}

function isTimeout(value: unknown): value is number {
  return typeof value === 'number' && value >= 1 && value <= MAX_TIMEOUT_MS
}
