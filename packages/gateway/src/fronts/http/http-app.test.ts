import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AsyncRconClient } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.js'
import { Audit } from '../../audit/audit.js'
import { EventFeed } from '../../events/event-feed.js'
import type { GatewayEvent } from '../../gateway-event.js'
import { CommandDesk } from '../../servers/command-desk.js'
import { RconKinds } from '../../servers/rcon-kinds.js'
import { ServerHistory } from '../../servers/server-history.js'
import { ServerList } from '../../servers/server-list.js'
import { Access } from '../../users/access.js'
import { tokenHash } from '../../users/token.js'
import { StrangerLog } from '../front-parts.js'
import { Gatekeeper } from './gatekeeper.js'
import { createApp } from './http-app.js'
import { type HttpOptions, httpSettings } from './http-options.js'
import { pageFiles } from './static-files.js'

const ACCESS = new Access({
  users: {
    ann: { tokenSha256: tokenHash('ann'), role: 'owner' },
    bob: { tokenSha256: tokenHash('bob'), role: 'guest' },
  },
  roles: {
    owner: { servers: ['*'], commands: ['*'] },
    guest: { servers: ['alt*'], commands: ['players'] },
  },
})

function scene(
  options: HttpOptions = {},
  metrics = async () => ({ contentType: 'text/plain', text: 'up 1' }),
) {
  const clock = new VirtualClock()
  const events: GatewayEvent[] = []
  const report = (event: GatewayEvent) => void events.push(event)
  const audit = new Audit({ append: () => {}, close: () => {} }, clock)
  const client = new AsyncRconClient()
  const servers = new ServerList(
    { names: ['altis', 'tanoa'], get: () => client, listen: () => () => {} },
    { altis: 'arma3' },
  )
  const access = () => ACCESS
  const strangers = new StrangerLog(audit, clock, report)
  const settings = httpSettings({ allowedOrigins: ['https://panel.example'], ...options })
  const app = createApp({
    access,
    audit,
    clock,
    report,
    servers,
    settings,
    strangers,
    metrics,
    auditDirectory: undefined,
    desk: new CommandDesk({ access, audit, clock, servers }),
    feed: new EventFeed(),
    files: settings.page === undefined ? undefined : pageFiles(settings.page),
    gatekeeper: new Gatekeeper({ access, clock, strangers }, settings),
    history: new ServerHistory(servers, clock),
    kinds: new RconKinds(audit, clock),
  })
  const ask = (path: string, user?: string, init: RequestInit = {}) =>
    app.request(`http://gateway.example${path}`, {
      ...init,
      headers: { ...(user !== undefined && { authorization: `Bearer ${user}` }), ...init.headers },
    })
  return { ask, events }
}

const from = (origin: string) => ({ headers: { origin } })
const PANEL = 'https://panel.example'

describe('the routes', () => {
  it.each(['/healthz', '/api/openapi.json'])('answer %s to anybody', async (path) => {
    const response = await scene().ask(path)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject(path === '/healthz' ? { status: 'ok' } : { openapi: '3.1.0' })
  })

  it.each([
    '/api/servers',
    '/api/servers/altis',
    '/api/events',
    '/api/audit',
    '/api/session',
    '/api/nothing',
    '/metrics',
  ])('answer %s to users alone', async (path) => {
    expect((await scene().ask(path)).status).toBe(401)
    expect((await scene().ask(path, 'eve')).status).toBe(401)
  })

  it('say what they do not have', async () => {
    const detailOf = async (response: Response) => ((await response.json()) as { detail: string }).detail
    const put = await scene().ask('/api/servers', 'ann', { method: 'PUT' })
    expect([put.status, await detailOf(put)]).toEqual([404, 'There is no PUT /api/servers'])
    const page = await scene().ask('/somewhere')
    expect([page.status, await detailOf(page)]).toEqual([
      404,
      'There is no /somewhere. The page is in the package @bercon/console, which is not installed',
    ])
  })

  it('serve the page where it is installed, and not again to who has it', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    const { ask } = scene({ page: folder })
    const page = await ask('/')
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>'])
    const etag = page.headers.get('etag') ?? ''
    expect((await ask('/', undefined, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('are safe to a browser, and not kept by it', async () => {
    const { headers } = await scene().ask('/api/servers', 'ann')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, null])
    expect((await scene().ask('/healthz')).headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('refuse a token in a URL and a page of others everywhere', async () => {
    for (const path of ['/healthz', '/api/servers', '/metrics', '/'])
      for (const [url, init] of [
        [`${path}?token=x`, {}],
        [path, from('https://evil.example')],
      ] as const) {
        const { code } = (await (await scene().ask(url, 'ann', init)).json()) as { code: string }
        expect(code).toBe(url === path ? 'origin-refused' : 'token-in-url')
      }
  })

  it('let a page that is allowed ask, and read the answer', async () => {
    const { headers } = await scene().ask('/api/servers', 'ann', from(PANEL))
    expect(headers.get('access-control-allow-origin')).toBe(PANEL)
    expect(headers.get('vary')).toBe('origin')
    expect(headers.get('access-control-allow-methods')).toBeNull()
    const preflight = await scene().ask('/api/servers', undefined, { ...from(PANEL), method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': PANEL,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, Last-Event-ID',
      'access-control-max-age': '600',
    })
    const evil = { ...from('https://evil.example'), method: 'OPTIONS' }
    expect((await scene().ask('/api/servers', undefined, evil)).status).toBe(403)
  })
})

describe('the metrics', () => {
  it('are for those whose role names every server, or for everybody where that is set', async () => {
    const full = await scene().ask('/metrics', 'ann')
    expect([full.status, await full.text(), full.headers.get('content-type')]).toEqual([
      200,
      'up 1',
      'text/plain',
    ])
    expect(await (await scene().ask('/metrics', 'bob')).json()).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: 'The role guest does not name every server, and metrics name them all',
    })
    expect((await scene({ openMetrics: true }).ask('/metrics')).status).toBe(200)
  })

  it('report a fault of the gateway, and say nothing of it to the asker', async () => {
    const failure = new TypeError('secret')
    const { ask, events } = scene({}, () => Promise.reject(failure))
    const response = await ask('/metrics', 'ann')
    expect(await response.text()).not.toContain('secret')
    expect(response.status).toBe(500)
    expect(events).toEqual([{ type: 'error', error: failure, during: 'http' }])
    const refused = scene()
    await refused.ask('/api/nothing')
    expect(refused.events.filter(({ type }) => type === 'error')).toEqual([])
  })
})
