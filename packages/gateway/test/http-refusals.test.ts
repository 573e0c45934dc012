// What the HTTP front refuses, and how it says so.
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startGateway } from './running-gateway.js'

let running: Awaited<ReturnType<typeof startGateway>>
const extra: (() => Promise<void>)[] = []

beforeAll(async () => {
  running = await startGateway()
})

afterEach(async () => {
  for (const close of extra.splice(0)) await close()
})

afterAll(() => running.close())

const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...headers },
})

it.each([
  ['no token', '/api/servers', { headers: { authorization: '' } }, 401, 'unauthorized'],
  ['a token in the URL', '/api/servers?token=x', {}, 400, 'token-in-url'],
  ['a token in the URL of the metrics', '/metrics?token=x', {}, 400, 'token-in-url'],
  ['a token in the URL of the page', '/?access_token=x', {}, 400, 'token-in-url'],
  ['a token in a URL that needs none', '/healthz?key=x', {}, 400, 'token-in-url'],
  ['a token in the URL of nothing', '/nothing?password=x', {}, 400, 'token-in-url'],
  [
    'the metrics to a page of somebody else',
    '/metrics',
    { headers: { origin: 'https://evil.example' } },
    403,
    'origin-refused',
  ],
  [
    'a page of somebody else',
    '/api/servers',
    { headers: { origin: 'https://evil.example' } },
    403,
    'origin-refused',
  ],
  ['a page of nobody', '/api/servers', { headers: { origin: 'null' } }, 403, 'origin-refused'],
  ['a path that does not exist', '/api/nothing', {}, 404, 'not-found'],
  ['the page, which is not installed here', '/', {}, 404, 'not-found'],
  ['a method that does not exist', '/api/servers', { method: 'PUT' }, 404, 'not-found'],
  ['a server that does not exist', '/api/servers/tanoa', {}, 404, 'not-found'],
  [
    'a body that is not JSON',
    '/api/servers/altis/commands',
    post('text=players', { 'content-type': 'text/plain' }),
    400,
    'invalid-argument',
  ],
  ['a body that is broken', '/api/servers/altis/commands', post('{'), 400, 'invalid-argument'],
  ['a body that is a list', '/api/servers/altis/commands', post('[]'), 400, 'invalid-argument'],
  ['a body without a text', '/api/servers/altis/commands', post('{}'), 400, 'invalid-argument'],
  [
    'a field that does not exist',
    '/api/servers/altis/commands',
    post('{"text":"players","again":true}'),
    400,
    'invalid-argument',
  ],
  [
    'a bad timeout',
    '/api/servers/altis/commands',
    post('{"text":"players","timeoutMs":0}'),
    400,
    'invalid-argument',
  ],
  [
    'a body that is too long',
    '/api/servers/altis/commands',
    post(`{"text":"${'x'.repeat(20_000)}"}`),
    413,
    'too-large',
  ],
  ['a filter that does not exist', '/api/events?type=x', {}, 400, 'invalid-argument'],
  ['a bad limit', '/api/audit?limit=1001', {}, 400, 'invalid-argument'],
  ['a bad page', '/api/audit?before=x', {}, 400, 'invalid-argument'],
] as const)('refuses %s with a problem', async (_, path, init, status, code) => {
  const response = await running.ask('ann', path, init)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = await response.json()
  expect(body).toMatchObject({ type: 'about:blank', status, code, title: expect.any(String) })
  expect(response.status).toBe(status)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

it.each([
  ['what is no request', 'GARBAGE\r\n\r\n', 400],
  ['a host that cannot be', 'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
  ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 413],
  [
    'another protocol',
    'GET /api/servers HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    400,
  ],
])('refuses %s with a problem, too', async (_, bytes, status) => {
  const { hostname, port } = new URL(running.url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (data) => {
    text += data.toString()
  })
  socket.write(bytes)
  await expect.poll(() => text).toContain('"detail"')
  socket.destroy()
  expect(text).toContain(`HTTP/1.1 ${status} `)
  expect(text.toLowerCase()).toContain('content-type: application/problem+json')
})

it('answers a page of its own, and not to be kept', async () => {
  const response = await running.ask('ann', '/api/session', { headers: { origin: running.url } })
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('access-control-allow-origin')).toBe(running.url)
})

describe('wrong tokens', () => {
  it('are looked at ten times, then nobody new comes in from there for a minute', async () => {
    const other = await startGateway()
    extra.push(other.close)
    const guess = (token: string) =>
      fetch(`${other.url}/api/servers`, { headers: { authorization: `Bearer ${token}` } })
    expect((await guess(other.tokens.bob)).status).toBe(200)
    const statuses: number[] = []
    for (let number = 0; number < 12; number++) statuses.push((await guess(`guess-${number}`)).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
    const late = await guess(other.tokens.ann)
    const regular = await guess(other.tokens.bob)
    expect(regular.status).toBe(200)
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
    expect(
      other.audit().filter(({ event, outcome }) => event === 'login' && outcome === 'refused'),
    ).toHaveLength(10)
  })

  it('in a cookie are removed', async () => {
    const response = await fetch(`${running.url}/api/session`, { headers: { cookie: 'a=b; bercon=old' } })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
  })
})

it('a user of a role with a limit learns when there were too many commands', async () => {
  for (let count = 0; count < 3; count++) expect((await running.command('cid', 'players')).status).toBe(200)
  await expect.poll(() => running.audit().at(-1)).toMatchObject({ user: 'cid', outcome: 'answered' })
  const before = running.audit().length
  const { status, body, headers } = await running.command('cid', 'players')
  expect([status, body.code, body.outcome]).toEqual([429, 'rate-limited', 'refused'])
  const waitS = Number(headers.get('retry-after'))
  expect(waitS).toBeGreaterThan(0)
  expect(waitS).toBeLessThanOrEqual(60)
  await running.command('cid', 'players')
  expect(running.audit().length).toBe(before + 1)
})

it('metrics are for roles that know every server', async () => {
  expect((await running.ask('ann', '/metrics')).status).toBe(200)
  const other = await startGateway()
  extra.push(other.close)
  await other.add('tanoa', {
    host: running.simulator.address,
    port: running.simulator.port,
    password: 'hunter2',
  })
  const response = await other.ask('bob', '/metrics')
  expect(await response.json()).toMatchObject({ status: 403, code: 'forbidden' })
})

// Last, because a server that was silent is logged in to again only after a while.
describe('a server that does not answer', () => {
  it('is a problem with what is known of the command', async () => {
    running.simulator.crash()
    const command = { text: 'say -1 hello', timeoutMs: 50 }
    const response = await running.ask('ann', '/api/servers/altis/commands', post(JSON.stringify(command)))
    expect(response.status).toBe(504)
    expect(await response.json()).toMatchObject({ code: 'command-timeout', outcome: 'unknown' })
    running.simulator.revive()
    await expect
      .poll(() => running.audit().at(-1))
      .toMatchObject({ event: 'outcome', outcome: 'unknown', code: 'command-timeout' })
  })
})
