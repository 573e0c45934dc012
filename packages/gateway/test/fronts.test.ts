// The fronts on real sockets: what users of each role can do, hear and read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGateway } from './running-gateway.js'

describe.each(['pool', 'fleet'] as const)('over a %s', (source) => {
  let running: Awaited<ReturnType<typeof startGateway>>

  beforeAll(async () => {
    running = await startGateway({}, source)
    running.simulator.world.join({ name: 'Rook' })
  })

  afterAll(() => running.close())

  /** A stream of events, read as one text. */
  async function listen(user: 'ann' | 'bob', path: string, headers: Record<string, string> = {}) {
    const controller = new AbortController()
    const { body } = await running.ask(user, path, { signal: controller.signal, headers })
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      end: () => controller.abort(),
      until: async (end: string) => {
        while (!text.includes(end))
          text += (await reader?.read())?.value ?? expect.unreachable('the stream has ended')
        return text
      },
    }
  }

  describe('the BattlEye front', () => {
    it('lets a user in with their token as the password, and answers what the role allows', async () => {
      const client = await running.client(running.tokens.ann)
      expect((await client.fetchPlayers()).map(({ name }) => name)).toContain('Rook')
      expect(running.events).toContainEqual(
        expect.objectContaining({ type: 'login', user: 'ann', front: 'battleye' }),
      )
      await client.close()
    })

    it('answers what a role does not allow as BattlEye does', async () => {
      const client = await running.client(running.tokens.bob)
      await expect(client.fetchBans()).rejects.toMatchObject({ code: 'command-disallowed' })
      await expect(client.sendCommand('#shutdown')).rejects.toMatchObject({ code: 'command-disallowed' })
      await client.close()
    })

    it('refuses the password of the game server, and any other', async () => {
      await expect(running.client('hunter2')).rejects.toMatchObject({ code: 'login-refused' })
      expect(running.events).toContainEqual(expect.objectContaining({ type: 'refused', front: 'battleye' }))
    })

    it('passes lines on to those whose role may hear them, and shows players who speaks', async () => {
      const [ann, bob, cid] = [
        await running.client(running.tokens.ann),
        await running.client(running.tokens.bob),
        await running.client(running.tokens.cid),
      ]
      const heard: string[] = []
      cid.listen('message', ({ text }) => heard.push(text))
      const said = ann.waitFor('adminMessage')
      const joined = bob.waitFor('playerConnect')
      await bob.send('hello')
      running.simulator.world.join({ name: 'Bishop' })
      expect((await said).message).toBe('[bob] hello')
      expect((await joined).name).toBe('Bishop')
      expect(heard.filter((text) => !text.startsWith('RCon admin #'))).toEqual([])
      for (const client of [ann, bob, cid]) await client.close()
    })
  })

  describe('the HTTP front', () => {
    it('answers commands, lists and the state of servers', async () => {
      const { body, status } = await running.command('ann', 'version')
      expect([status, body.outcome, typeof body.elapsedMs]).toEqual([200, 'answered', 'number'])
      const players = await running.json('ann', '/api/servers/altis/players')
      expect(players.players[0]).toMatchObject({ id: 0, name: 'Rook', inLobby: false, identityId: null })
      const bans = await running.json('ann', '/api/servers/altis/bans')
      expect(bans).toEqual({ bans: [] })
      const { servers } = await running.json('ann', '/api/servers')
      expect(servers).toMatchObject([{ name: 'altis', game: 'arma3', state: 'connected', logins: 1 }])
      expect(await running.json('ann', '/api/servers/altis')).toMatchObject({ name: 'altis' })
    })

    it('says in a problem what a role does not allow', async () => {
      const { status, body } = await running.command('bob', 'ban 0')
      expect(status).toBe(403)
      expect(body).toEqual({
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        code: 'command-disallowed',
        detail: 'The role moderator does not allow ban',
        outcome: 'refused',
      })
    })

    it('says the same of a server that does not exist and of one that the role does not name', async () => {
      const { body } = await running.command('bob', 'players', 'tanoa')
      expect(body).toMatchObject({ status: 404, code: 'not-found', detail: 'There is no server "tanoa"' })
    })

    it('sends events as they happen, and goes on after the last one seen', async () => {
      const first = await listen('bob', '/api/events?event=playerConnect')
      await first.until('retry: 3000\n\n')
      running.simulator.world.join({ name: 'Knight' })
      const text = await first.until('"identityId":null}}\n\n')
      first.end()
      expect(text).toMatch(/^id: \S+\nevent: playerConnect\ndata: \{"server":"altis",.*"name":"Knight"/m)
      running.simulator.world.join({ name: 'Queen' })
      const here = () => running.pool.get('altis')?.players.map(({ name }) => name)
      await expect.poll(here).toContain('Queen')
      const [, id = ''] = /^id: (\S+)/m.exec(text) ?? []
      const second = await listen('bob', '/api/events?event=playerConnect', { 'last-event-id': id })
      const rest = await second.until('\n\nid: ')
      expect(await second.until('}}\n\n')).toContain('"name":"Queen"')
      expect(rest).not.toContain('missed')
      second.end()
    })

    it('keeps the token of a browser in a cookie that scripts cannot read', async () => {
      const body = JSON.stringify({ token: running.tokens.bob })
      const headers = { 'content-type': 'application/json' }
      const signedIn = await fetch(`${running.url}/api/session`, { method: 'POST', headers, body })
      const session = await signedIn.json()
      expect(session).toMatchObject({
        user: 'bob',
        role: 'moderator',
        may: {
          audit: false,
          perMinute: null,
          servers: [{ name: 'altis', game: 'arma3' }],
          events: ['player*'],
        },
      })
      const cookie = signedIn.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^bercon=[A-Za-z0-9]{32}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/)
      const [pair = ''] = cookie.split(';')
      const known = await fetch(`${running.url}/api/session`, { headers: { cookie: pair } })
      expect(await known.json()).toEqual(session)
      const gone = await fetch(`${running.url}/api/session`, { method: 'DELETE' })
      expect([gone.status, gone.headers.get('set-cookie')]).toEqual([
        204,
        expect.stringContaining('Max-Age=0'),
      ])
    })

    it('is measured and described', async () => {
      const metrics = await (await running.ask('ann', '/metrics')).text()
      expect(metrics).toContain('bercon_connected{server="altis"} 1')
      expect((await fetch(`${running.url}/metrics`)).status).toBe(401)
      expect(await (await fetch(`${running.url}/healthz`)).json()).toEqual({ status: 'ok' })
      expect(await (await fetch(`${running.url}/api/openapi.json`)).json()).toMatchObject({
        openapi: '3.1.0',
      })
    })
  })

  describe('the audit', () => {
    it('has a line before each command and one after it, and shows them to roles that may read it', async () => {
      await running.command('ann', 'say -1 audited')
      await expect.poll(() => running.audit().at(-1)).toMatchObject({ event: 'outcome' })
      const lines = running.audit().filter(({ user }) => user === 'ann')
      const [begun, done] = lines.slice(-2)
      expect(begun).toMatchObject({
        event: 'command',
        user: 'ann',
        role: 'owner',
        server: 'altis',
        front: 'http',
      })
      expect(begun.command).toBe('say -1 audited')
      expect(done).toMatchObject({ id: begun.id, event: 'outcome', outcome: 'answered' })
      const page = await running.json('ann', '/api/audit?limit=2&user=ann')
      expect(page.entries).toEqual([done, begun])
      const refused = await running.ask('bob', '/api/audit')
      expect(await refused.json()).toMatchObject({ status: 403, code: 'forbidden' })
    })
  })
})
