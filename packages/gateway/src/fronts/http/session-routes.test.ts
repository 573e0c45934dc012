import { AsyncRconClient } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import type { MiddlewareHandler } from 'hono'
import { describe, expect, it } from 'vitest'
import { Audit } from '../../audit/audit.js'
import type { GatewayEvent } from '../../gateway-event.js'
import { ServerList } from '../../servers/server-list.js'
import { Access } from '../../users/access.js'
import { tokenHash } from '../../users/token.js'
import { StrangerLog } from '../front-parts.js'
import { Gatekeeper } from './gatekeeper.js'
import { type HttpOptions, httpSettings } from './http-options.js'
import { type Env, visitOf } from './http-parts.js'
import { problemOf } from './problem.js'
import { sessionRoutes } from './session-routes.js'

const ACCESS = new Access({
  users: {
    ann: { tokenSha256: tokenHash('ann; s'), role: 'owner' },
    bob: { tokenSha256: tokenHash('bobs'), role: 'guest' },
  },
  roles: {
    owner: { servers: ['*'], commands: ['*'], audit: true },
    guest: { servers: ['alt*'], commands: ['players'], events: ['player*'], perMinute: 5 },
  },
})

function scene(options: HttpOptions = {}) {
  const clock = new VirtualClock()
  const lines: string[] = []
  const events: GatewayEvent[] = []
  const audit = new Audit({ append: (text) => lines.push(text), close: () => {} }, clock)
  const report = (event: GatewayEvent) => events.push(event)
  const client = new AsyncRconClient()
  const pool = { names: ['altis', 'everon'], get: () => client, listen: () => () => {} }
  const settings = httpSettings(options)
  const access = () => ACCESS
  const strangers = new StrangerLog(audit, clock, report)
  const gatekeeper = new Gatekeeper({ access, clock, strangers }, settings)
  const servers = new ServerList(pool, { altis: 'arma3' })
  const needsUser: MiddlewareHandler<Env> = async (context, next) => {
    context.set('visitor', gatekeeper.identify(visitOf(context)))
    await next()
  }
  const app = sessionRoutes({ access, audit, gatekeeper, report, servers, settings }, needsUser)
  app.onError((error) => problemOf(error).response)
  const signIn = (body: object) =>
    app.request('/', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const written = () => {
    clock.advance(0)
    return lines.flatMap((text) => text.split('\n')).map((line) => JSON.parse(line))
  }
  return { app, signIn, events, written }
}

const ANN = {
  user: 'ann',
  role: 'owner',
  may: {
    audit: true,
    perMinute: null,
    servers: [
      { name: 'altis', game: 'arma3' },
      { name: 'everon', game: 'auto' },
    ],
    commands: ['*'],
    events: ['*'],
  },
}
const BOB = {
  user: 'bob',
  role: 'guest',
  may: {
    audit: false,
    perMinute: 5,
    servers: [{ name: 'altis', game: 'arma3' }],
    commands: ['players'],
    events: ['player*'],
  },
}

describe('a session', () => {
  it('begins with a token, which a browser keeps where no script reads it', async () => {
    const { app, signIn, events, written } = scene()
    const response = await signIn({ token: 'ann; s' })
    expect(await response.json()).toEqual(ANN)
    expect(response.headers.get('set-cookie')).toBe(
      'bercon=ann%3B%20s; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000',
    )
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await (await app.request('/', { headers: { cookie } })).json()).toEqual(ANN)
    expect(written()).toMatchObject([
      {
        event: 'login',
        outcome: 'accepted',
        user: 'ann',
        role: 'owner',
        front: 'http',
        from: 'unknown:0',
        server: null,
      },
    ])
    expect(events).toEqual([{ type: 'login', user: 'ann', front: 'http', from: 'unknown:0' }])
  })

  it('says what may be offered, and nothing of servers that a role does not name', async () => {
    expect(await (await scene().signIn({ token: 'bobs' })).json()).toEqual(BOB)
  })

  it.each([
    [{ behindProxy: true }, true],
    [{ tls: { cert: '', key: '' } }, true],
    [{ tls: { cert: '', key: '' }, behindProxy: true }, true],
    [{}, false],
  ])('has a cookie for HTTPS alone where there is HTTPS, with %j', async (options, isSecure) => {
    const response = await scene(options).signIn({ token: 'bobs' })
    expect(response.headers.get('set-cookie')?.endsWith('; Secure')).toBe(isSecure)
  })

  it('ends with the cookie, for anybody', async () => {
    const response = await scene().app.request('/', { method: 'DELETE' })
    expect(response.status).toBe(204)
    expect(response.headers.get('set-cookie')).toBe('bercon=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
  })

  it.each([
    [{ token: 'x' }, 401, 'This token belongs to nobody; ask who runs the gateway for another'],
    [{ token: 5 }, 400, 'token must be a string'],
    [{}, 400, 'token must be a string'],
    [{ token: 'bobs', keep: true }, 400, 'There is no field "keep"; there are token'],
  ])('does not begin with %j', async (body, status, detail) => {
    const { signIn, events } = scene()
    const response = await signIn(body)
    expect(await response.json()).toMatchObject({ status, detail })
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(events.filter(({ type }) => type === 'login')).toEqual([])
  })
})
