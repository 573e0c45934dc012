import type { Random } from '@bercon/server/kit'
import { Gatekeeper } from '../../src/fronts/http/gatekeeper.js'
import { createApp } from '../../src/fronts/http/http-app.js'
import { httpSettings } from '../../src/fronts/http/http-options.js'
import { type FuzzResult, FuzzScene, isOwnFault, oneOf, TOKEN } from './fuzz-scene.js'
import { hostileText } from './hostile-text.js'

const PATHS = [
  '/api/servers/altis/commands',
  '/api/servers/altis/commands',
  '/api/servers/altis/commands',
  '/api/servers',
  '/api/servers/altis',
  '/api/servers/altis/players',
  '/api/servers/altis/bans',
  '/api/servers/altis/history',
  '/api/servers/%ff/players',
  '/api/servers/..%2f..%2fetc/players',
  '/api/servers/altis/connection',
  '/api/events',
  '/api/audit',
  '/api/session',
  '/api/openapi.json',
  '/metrics',
  '/healthz',
  '/',
  '//',
  '/index.html',
  '/../../etc/passwd',
  '/%00',
  '/api/servers/constructor',
]
const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND']
const QUERIES = [
  '',
  '',
  '',
  '?',
  '?server=*',
  '?event=player*&event=%',
  '?limit=1000',
  '?limit=1e9',
  '?before=%00',
  '?token=x',
  '?a[b]=c',
  '?server[]=x',
  '?outcome=answered&user=ann',
  `?x=${'y'.repeat(3_000)}`,
  '?__proto__=1',
]
const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  '',
  'application/json\t;x',
  'multipart/form-data',
]
const LAST_IDS = ['', '0', 'x', 'AAAAAAAA-1', 'AAAAAAAA-99999999999999', '-1', 'a'.repeat(5_000)]
const ORIGINS = ['null', 'https://evil.example', 'http://gateway', 'x', 'file://']
const TURN = 20

/** Requests to the HTTP front: paths, methods, headers, queries and bodies, with and without a token. */
export async function fuzzHttp(random: Random, inputs: number): Promise<FuzzResult> {
  const scene = new FuzzScene(random)
  const settings = httpSettings({ port: 0 })
  const metrics = async () => ({ text: '# none\n', contentType: 'text/plain' })
  const gatekeeper = new Gatekeeper(scene.parts, settings)
  const app = createApp({
    ...scene.parts,
    settings,
    gatekeeper,
    auditDirectory: undefined,
    metrics,
    files: undefined,
  })
  for (let input = 0; input < inputs; input++) {
    const request = requestOf(random)
    if (request !== undefined) {
      const socket = { remoteAddress: `192.0.2.${Math.floor(random() * 250)}`, remotePort: 1 }
      const asked = app.request(request, undefined, {
        incoming: { socket },
        outgoing: { destroy: () => {} },
      } as never)
      // Of what a virtual server answers later.
      let response: Response | undefined
      void Promise.resolve(asked).then((answer) => {
        response = answer
      })
      for (let turn = 0; response === undefined; turn++)
        await (turn < 3 ? Promise.resolve().then(() => {}) : scene.clock.run(20))
      scene.count(String(response.status))
      if (response.headers.get('content-type') === 'text/event-stream') await response.body?.cancel()
      else await response.text()
    }
    if (random() < 0.01) scene.tellAnything()
    if (input % TURN === 0) await scene.clock.run(random() * 1_000)
  }
  await scene.clock.run(120_000)
  scene.parts.history.stop()
  const { errors, ...rest } = scene.result(inputs)
  return { ...rest, errors: errors.filter(isOwnFault) }
}

/** `undefined` for what cannot even be written as a request. */
function requestOf(random: Random): Request | undefined {
  const path = oneOf(random, PATHS)
  const method = path.endsWith('commands') && random() < 0.8 ? 'POST' : oneOf(random, METHODS)
  const headers = headersOf(random)
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(random)
  try {
    return new Request(`http://gateway${path}${oneOf(random, QUERIES)}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    })
  } catch {
    return undefined
  }
}

function headersOf(random: Random): Record<string, string> {
  const headers: Record<string, string> = { host: 'gateway' }
  const chance = random()
  if (chance < 0.8) headers['authorization'] = `Bearer ${TOKEN}`
  else if (chance < 0.85) headers['cookie'] = `bercon=${TOKEN}`
  else if (chance < 0.9)
    headers['authorization'] = oneOf(random, [
      'Bearer',
      'Bearer x',
      'Basic YTpi',
      'Bearer  ',
      'bearer \u00ff',
    ])
  else if (chance < 0.93)
    headers['cookie'] = oneOf(random, ['bercon=%', 'bercon=', '=;;=', `a=${'b'.repeat(4_000)}`])
  if (random() < 0.9) headers['content-type'] = random() < 0.8 ? 'application/json' : oneOf(random, TYPES)
  if (random() < 0.1) headers['last-event-id'] = oneOf(random, LAST_IDS)
  if (random() < 0.05) headers['origin'] = oneOf(random, ORIGINS)
  if (random() < 0.05) headers['if-none-match'] = oneOf(random, ['*', '""', 'W/"x"', '"'.repeat(100)])
  if (random() < 0.02) headers['x-forwarded-for'] = oneOf(random, ['1.2.3.4', ',,,', '\u00e4'])
  return headers
}

function bodyOf(random: Random): string | Uint8Array<ArrayBuffer> | undefined {
  const chance = random()
  if (chance < 0.05) return undefined
  if (chance < 0.1) return 'x'.repeat(Math.floor(random() * 20_000))
  if (chance < 0.15) return Uint8Array.from({ length: 50 }, () => random() * 256)
  if (chance < 0.2)
    return oneOf(random, [
      '[]',
      'null',
      '{',
      '{}',
      '"x"',
      '['.repeat(5_000),
      '{"token":"x"}',
      `{"token":${JSON.stringify(TOKEN)}}`,
    ])
  const text = JSON.stringify(hostileText(random))
  if (chance < 0.3)
    return `{"text":${text},"timeoutMs":${oneOf(random, ['0', '1', '120000', '-1', '1e99', '"x"', 'null'])}}`
  if (chance < 0.35) return `{"text":${text},"resend":${oneOf(random, ['true', 'false', '1', 'null'])}}`
  if (chance < 0.4) return `{"text":${text},"__proto__":{"text":"ban 3"}}`
  return chance < 0.45 ? `{"text":${text}`.slice(0, Math.floor(random() * 40)) : `{"text":${text}}`
}
