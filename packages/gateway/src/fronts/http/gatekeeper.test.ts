import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { Audit } from '../../audit/audit.js'
import { Access } from '../../users/access.js'
import { tokenHash } from '../../users/token.js'
import { StrangerLog } from '../front-parts.js'
import { Gatekeeper, NO_COOKIE, protocolsOf, type Visit } from './gatekeeper.js'
import { type HttpOptions, httpSettings } from './http-options.js'
import { Refused } from './problem.js'

const ROLES = { owner: { servers: ['*'], commands: ['*'] } }
const USERS = {
  ann: { tokenSha256: tokenHash('anns'), role: 'owner' },
  bob: { tokenSha256: tokenHash('bob; s'), role: 'owner' },
}

function scene(options: HttpOptions = {}) {
  const clock = new VirtualClock()
  const strangers: string[] = []
  const audit = new Audit({ append: () => {}, close: () => {} }, clock)
  const log = new StrangerLog(audit, clock, (event) => {
    if (event.type === 'refused') strangers.push(event.from)
  })
  let access = new Access({ users: USERS, roles: ROLES })
  const gatekeeper = new Gatekeeper({ access: () => access, clock, strangers: log }, httpSettings(options))
  return {
    gatekeeper,
    clock,
    strangers,
    /** The user who comes in, or why nobody does. */
    enter: (headers: Record<string, string> = {}, socket: Visit['socket'] = FROM) => {
      try {
        const { identity, from } = gatekeeper.identify(visit(headers, { socket }))
        return `${identity.name} from ${from}`
      } catch (error) {
        return error instanceof Refused ? error.code : error
      }
    },
    remove: (name: keyof typeof USERS) => {
      const { [name]: _, ...users } = USERS
      access = new Access({ users, roles: ROLES }, access)
    },
  }
}

const FROM = { remoteAddress: '192.0.2.1', remotePort: 5 }

function visit(headers: Record<string, string>, more: Partial<Visit> & { url?: URL } = {}): Visit {
  return {
    front: 'http',
    url: new URL('http://gateway.example/api/servers'),
    header: (name) => headers[name],
    socket: FROM,
    ...more,
  } as Visit
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

function refusal(act: () => unknown): Refused {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error
  }
  throw new Error('it was not refused')
}

describe('the gatekeeper', () => {
  it.each([
    ['a header', { authorization: 'Bearer anns' }, 'ann'],
    ['a header in small letters, with spaces', { authorization: 'bearer   anns ' }, 'ann'],
    [
      'a header that wins over a cookie',
      { authorization: 'Bearer anns', cookie: 'bercon=bob%3B%20s' },
      'ann',
    ],
    ['a cookie', { cookie: 'bercon=anns' }, 'ann'],
    ['a cookie among others', { cookie: 'xbercon=x; a=b;bercon=bob%3B%20s ; c' }, 'bob'],
  ])('knows a user by %s', (_, headers, name) => {
    expect(scene().enter(headers)).toBe(`${name} from 192.0.2.1:5`)
  })

  it.each([
    ['another header', { authorization: 'Basic anns' }],
    ['a header with more', { authorization: 'Bearer anns more' }],
    ['a header with something before it', { authorization: 'X Bearer anns' }],
    ['a wrong token', { authorization: 'Bearer bobs' }],
    ['a wrong header beside a good cookie', { authorization: 'Bearer x', cookie: 'bercon=anns' }],
    ['a cookie that is not its own', { cookie: 'bercon=%' }],
    ['an empty cookie', { cookie: 'bercon=' }],
    ['a cookie of another name', { cookie: 'berconanns; Xbercon=anns' }],
    ['a subprotocol, which is for WebSockets', { 'sec-websocket-protocol': 'bercon.token.anns' }],
    ['nothing', {}],
  ])('lets nobody in by %s', (_, headers) => {
    expect(scene().enter(headers)).toBe('unauthorized')
  })

  it.each([
    ['a subprotocol', { 'sec-websocket-protocol': 'bercon.v1 ,  bercon.token.anns' }],
    [
      'a cookie, where no subprotocol has a token',
      { 'sec-websocket-protocol': 'bercon.v1', cookie: 'bercon=anns' },
    ],
    ['a cookie alone', { cookie: 'bercon=anns' }],
  ])('knows the user of a WebSocket by %s', (_, headers) => {
    const { gatekeeper } = scene()
    expect(gatekeeper.identify(visit(headers, { front: 'websocket' })).subject.user).toBe('ann')
  })

  it('knows a user by a token that it is given, whatever the headers have', () => {
    const { gatekeeper } = scene()
    expect(gatekeeper.identify(visit(bearer('bob')), 'anns').subject.user).toBe('ann')
  })

  it('says what to send, and removes a cookie of nobody, but none where there is none', () => {
    const { gatekeeper, strangers } = scene()
    const challenge = { 'www-authenticate': 'Bearer realm="bercon"' }
    expect(refusal(() => gatekeeper.identify(visit({})))).toMatchObject({
      message: 'Send Authorization: Bearer TOKEN, or sign in with POST /api/session',
      headers: challenge,
    })
    expect(strangers).toEqual([])
    const wrong = refusal(() => gatekeeper.identify(visit(bearer('x'))))
    expect(wrong.message).toBe('This token belongs to nobody; ask who runs the gateway for another')
    expect(wrong.headers).toEqual(challenge)
    expect(refusal(() => gatekeeper.identify(visit({ cookie: 'bercon=x' }))).headers).toEqual({
      ...challenge,
      'set-cookie': NO_COOKIE,
    })
    expect(refusal(() => gatekeeper.identify(visit({ cookie: 'bercon=%' }))).headers).toHaveProperty(
      'set-cookie',
    )
    expect(NO_COOKIE).toBe('bercon=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
    expect(strangers).toEqual(['192.0.2.1:5', '192.0.2.1:5', '192.0.2.1:5'])
  })

  it('looks at ten wrong tokens of an address in a minute, and at no more', () => {
    const { gatekeeper, clock, enter, strangers } = scene()
    const guesses = Array.from({ length: 12 }, (_, number) => enter(bearer(`x${number}`)))
    expect(guesses.slice(8)).toEqual([
      'unauthorized',
      'unauthorized',
      'too-many-attempts',
      'too-many-attempts',
    ])
    expect(enter(bearer('anns'))).toBe('too-many-attempts')
    expect(enter({})).toBe('too-many-attempts')
    expect(enter(bearer('anns'), { remoteAddress: '192.0.2.2', remotePort: 1 })).toBe('ann from 192.0.2.2:1')
    expect(strangers).toHaveLength(10)
    const { message, headers } = refusal(() => gatekeeper.identify(visit(bearer('anns'))))
    expect(message).toBe('Too many wrong tokens came from this address; try again in a minute')
    expect(headers).toEqual({ 'retry-after': '60' })
    clock.advance(60_000)
    expect(enter(bearer('anns'))).toBe('ann from 192.0.2.1:5')
  })

  it('counts no visit without a token as a guess', () => {
    const { enter } = scene()
    for (let count = 0; count < 20; count++) enter()
    expect(enter(bearer('anns'))).toBe('ann from 192.0.2.1:5')
  })

  it('lets those in who have come from there before, though others guess there, while they are users', () => {
    const { enter, remove } = scene()
    enter(bearer('anns'))
    for (let guess = 0; guess < 20; guess++) enter(bearer('x'))
    expect(enter(bearer('anns'))).toBe('ann from 192.0.2.1:5')
    expect(enter(bearer('x'))).toBe('too-many-attempts')
    expect(enter({ cookie: 'bercon=bob%3B%20s' })).toBe('too-many-attempts')
    remove('ann')
    expect(enter(bearer('anns'))).toBe('too-many-attempts')
  })

  it('keeps the latest ten thousand who have come in', () => {
    const { enter } = scene({ behindProxy: true })
    const at = (address: string, token = 'anns') => enter({ ...bearer(token), 'x-forwarded-for': address })
    const addressOf = (number: number) => `198.51.${number >> 8}.${number & 255}`
    for (let number = 0; number < 10_000; number++) at(addressOf(number))
    // The first comes again, so that the second is the oldest.
    at(addressOf(0))
    at('203.0.113.1')
    for (const address of [addressOf(0), addressOf(1), addressOf(2)])
      for (let guess = 0; guess < 10; guess++) at(address, 'x')
    expect(at(addressOf(0))).toBe(`ann from ${addressOf(0)}`)
    expect(at(addressOf(1))).toBe('too-many-attempts')
    expect(at(addressOf(2))).toBe(`ann from ${addressOf(2)}`)
  })

  it.each([
    [true, '203.0.113.7', 'ann from 203.0.113.7'],
    [true, '10.0.0.1, 203.0.113.7 ', 'ann from 203.0.113.7'],
    [true, '', 'ann from 192.0.2.1:5'],
    [true, undefined, 'ann from 192.0.2.1:5'],
    [false, '203.0.113.7', 'ann from 192.0.2.1:5'],
  ])('believes a proxy only if there is one (%s) about the address %j', (behindProxy, forwarded, entered) => {
    const headers = { ...bearer('anns'), ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
    expect(scene({ behindProxy }).enter(headers)).toBe(entered)
  })

  it.each([
    [{ remoteAddress: '::ffff:192.0.2.1', remotePort: 5 }, '192.0.2.1:5'],
    [{ remoteAddress: '2001:db8::ffff:1', remotePort: 5 }, '[2001:db8::ffff:1]:5'],
    [undefined, 'unknown:0'],
  ])('writes the address %j as %s', (socket, from) => {
    const { gatekeeper } = scene()
    const visitor = gatekeeper.identify(visit(bearer('anns'), { socket: socket as Visit['socket'] }))
    expect(visitor.from).toBe(from)
  })

  it.each([
    [undefined, true],
    ['http://gateway.example:8306', true],
    ['https://panel.example', true],
    ['https://evil.example', false],
    ['https://gateway.example', false],
    ['https://panel.example.evil.example', false],
    ['null', false],
  ])('welcomes a page of %s: %s', (origin, isWelcome) => {
    const { gatekeeper } = scene({ allowedOrigins: ['https://panel.example'] })
    const headers = { host: 'gateway.example:8306', ...(origin !== undefined && { origin }) }
    if (isWelcome) {
      gatekeeper.checkPlace(visit(headers))
      return
    }
    const { code, message } = refusal(() => gatekeeper.checkPlace(visit(headers)))
    expect(code).toBe('origin-refused')
    expect(message).toBe(
      `Pages of ${origin} may not use this gateway; add it to allowed-origins if they shall`,
    )
  })

  it.each(['token', 'access_token', 'auth', 'key', 'password'])('refuses a token in a URL, as %s', (name) => {
    const { gatekeeper } = scene()
    const url = new URL(`http://gateway.example/?a=b&${name}=x`)
    const { code, message } = refusal(() => gatekeeper.checkPlace(visit({}, { url })))
    expect(code).toBe('token-in-url')
    expect(message).toBe(`Logs keep URLs, so ${name} is refused there; send Authorization: Bearer TOKEN`)
  })
})

it.each([
  [undefined, []],
  ['bercon.v1', ['bercon.v1']],
  ['bercon.v1, x ,y', ['bercon.v1', 'x', 'y']],
])('the subprotocols of %j are %j', (header, protocols) => {
  expect(protocolsOf(header)).toEqual(protocols)
})
