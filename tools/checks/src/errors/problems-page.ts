import { RconPool } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { CODES } from './code-table.js'
import { markdownText } from './provocation.js'
import { Scene } from './scene.js'

/** A request that the gateway refuses, and what else has to be so. */
interface BadRequest {
  readonly call: string
  readonly when?: string
  readonly user: 'ann' | 'bob' | 'cat' | 'stranger' | 'nobody'
  readonly body?: string
  readonly origin?: string
}

/** A problem that a request is answered with (RFC 9457). */
interface Problem extends Pick<BadRequest, 'call' | 'when'> {
  readonly code: string
  readonly status: number
  readonly detail: string
}

/** What the gateway's HTTP front answers, and the status of every code it has. */
export interface GatewayProblems {
  readonly problems: readonly Problem[]
  readonly statuses: ReadonlyMap<string, number>
}

const COMMANDS = 'POST /api/servers/altis/commands'
const KICK = JSON.stringify({ text: 'kick 3' })
const LIMIT_OF_WRONG_TOKENS = 50

const REQUESTS: readonly BadRequest[] = [
  { call: COMMANDS, when: 'the body is `{}`', user: 'ann', body: '{}' },
  { call: 'GET /api/servers?token=…', user: 'ann' },
  { call: 'GET /api/servers', when: 'there is no token', user: 'nobody' },
  { call: 'GET /api/servers', when: 'the token is unknown', user: 'stranger' },
  { call: COMMANDS, when: 'the role may list players only', user: 'bob', body: KICK },
  { call: 'GET /api/audit', when: 'the role may list players only', user: 'bob' },
  {
    call: COMMANDS,
    when: 'a page of another site asks',
    user: 'ann',
    body: KICK,
    origin: 'https://a.example',
  },
  { call: 'GET /api/servers/tanoa/players', user: 'ann' },
  { call: COMMANDS, when: 'the body is too long', user: 'ann', body: 'x'.repeat(70_000) },
  {
    call: COMMANDS,
    when: 'it is the second in a minute, and the role has `per-minute = 1`',
    user: 'cat',
    body: KICK,
  },
  { call: 'GET /api/servers/altis/bans', when: 'the server answers "what?"', user: 'ann' },
  { call: 'GET /api/servers', when: 'the last fifty tokens from this address were wrong', user: 'stranger' },
]

export async function provokeProblems(): Promise<GatewayProblems> {
  const scene = new Scene()
  const { clock, transport, target } = scene
  await scene.serve('what?')
  await using pool = new RconPool({ client: { clock, transport, playersIntervalMs: 0 } })
  await scene.settle(pool.add('altis', target))
  const tokens = { ann: createToken(), bob: createToken(), cat: createToken(), stranger: 'x' }
  const user = (name: keyof typeof tokens, role: string) => ({ tokenSha256: tokenHash(tokens[name]), role })
  await using gateway = new Gateway({
    servers: pool,
    users: { ann: user('ann', 'owner'), bob: user('bob', 'viewer'), cat: user('cat', 'slow') },
    roles: {
      owner: { servers: ['*'], commands: ['*'] },
      viewer: { servers: ['*'], commands: ['players'] },
      slow: { servers: ['*'], commands: ['*'], perMinute: 1 },
    },
    games: { altis: 'arma3' },
    audit: { append: () => {}, close: () => {} },
    // It stands still, so that the page says the same wait on every machine.
    clock: new VirtualClock(),
  })
  const { http } = await gateway.listen({ http: { port: 0 } })
  const send = (request: BadRequest) => settled(answerTo(request, http?.url ?? '', tokens), clock)
  await send({ call: COMMANDS, user: 'cat', body: KICK })
  const problems: Problem[] = []
  for (const request of REQUESTS) {
    if (request === REQUESTS.at(-1))
      for (let wrong = 0; wrong < LIMIT_OF_WRONG_TOKENS; wrong++) await send(request)
    problems.push(await send(request))
  }
  const { paths } = (await (await fetch(`${http?.url}/api/openapi.json`)).json()) as {
    readonly paths: object
  }
  return { problems, statuses: statusesIn(paths) }
}

/** Lets the servers' time pass until the promise has settled, and the sockets' too. */
async function settled<T>(promise: Promise<T>, clock: VirtualClock): Promise<T> {
  let state: 'waiting' | 'settled' = 'waiting'
  const done = () => {
    state = 'settled'
  }
  promise.then(done, done)
  while (state === 'waiting') {
    await clock.run(1)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return promise
}

async function answerTo(
  { call, when, user, body, origin }: BadRequest,
  url: string,
  tokens: Readonly<Record<string, string>>,
): Promise<Problem> {
  const [method = '', path = ''] = call.split(' ')
  const token = tokens[user]
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(origin !== undefined && { origin }),
    },
    body: body ?? null,
  })
  const { code, detail = '' } = (await response.json()) as {
    readonly code?: string
    readonly detail?: string
  }
  // The gateway counts real seconds.
  const text = detail.replace(/\bin \d+ s$/, 'in 60 s')
  return {
    call,
    ...(when !== undefined && { when }),
    code: code ?? '',
    status: response.status,
    detail: text,
  }
}

/** The codes that the gateway's own description lists, with their statuses. */
function statusesIn(paths: object): ReadonlyMap<string, number> {
  const found = [...JSON.stringify(paths).matchAll(/"(\d{3})":\{"description":"`code`: ([a-z, -]+)"/g)]
  return new Map(
    found
      .flatMap(([, status, codes = '']) => codes.split(', ').map((code) => [code, Number(status)] as const))
      .toSorted(([a, x], [b, y]) => x - y || a.localeCompare(b)),
  )
}

/** The part of `docs/errors.md` about the gateway: its codes, and what it answers. */
export function problemSection({ problems, statuses }: GatewayProblems): string {
  const rows = [...statuses].map(([code, status]) => {
    const name = code in CODES ? `[\`${code}\`](#${code})` : `\`${code}\``
    return `| ${name} | ${status} |`
  })
  const table = ['| Code | Status |', '| --- | --- |', ...rows].join('\n')
  return [table, problems.map(shown).join('\n')].join('\n\n')
}

function shown({ call, when, code, status, detail }: Problem): string {
  return `- \`${call}\`${when === undefined ? '' : `, when ${when}`}\n  > ${status} \`${code}\`: ${markdownText(detail)}`
}
