// The WebSocket front with the clients that are made for it.
import { AsyncRconClient, RateLimitedError } from '@bercon/client'
import { connectGateway } from '@bercon/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ROLES, startGateway } from './running-gateway.js'

let running: Awaited<ReturnType<typeof startGateway>>
const clients: AsyncRconClient[] = []

beforeAll(async () => {
  running = await startGateway()
  running.simulator.world.join({ name: 'Rook' })
})

afterAll(async () => {
  for (const client of clients) await client.close()
  await running.close()
})

function newClient(token: string | undefined, server = 'altis') {
  const connection = connectGateway(running.url, { server, token, WebSocket: WebSocket as never })
  const client = new AsyncRconClient({ connection })
  clients.push(client)
  return client
}

describe('the WebSocket front', () => {
  it('carries a client that needs no connect, as far as the role allows', async () => {
    const client = newClient(running.tokens.bob)
    expect((await client.fetchPlayers()).map(({ name }) => name)).toEqual(['Rook'])
    await expect(client.fetchBans()).rejects.toMatchObject({
      code: 'command-disallowed',
      message: 'The role moderator does not allow bans',
    })
    const ann = newClient(running.tokens.ann)
    await ann.fetchBans()
    const said = ann.waitFor('adminMessage')
    await client.send('hello')
    expect((await said).message).toBe('[bob] hello')
    await client.close()
  })

  it('keeps the list of players of a client whose role hears no commands, from the answers to its own', async () => {
    const [client, other] = [newClient(running.tokens.bob), newClient(running.tokens.bob)]
    await client.fetchPlayers()
    expect(client.players.map(({ name }) => name)).toEqual(['Rook'])
    await other.sendCommand('players')
    expect(other.players.length).toBe(1)
    const heard: string[] = []
    other.listen('command', ({ text }) => heard.push(text))
    await client.fetchPlayers()
    await other.send('after it')
    expect(heard).toEqual(['say -1 [bob] after it'])
    await client.close()
    await other.close()
  })

  it('passes on the lines that the role may hear, and no reply to a command that it may not run', async () => {
    const [ann, bob] = [newClient(running.tokens.ann), newClient(running.tokens.bob)]
    await bob.fetchPlayers()
    const heard: string[] = []
    bob.listen('message', ({ text }) => heard.push(text))
    bob.listen('command', ({ text }) => heard.push(text))
    const joined = bob.waitFor('playerConnect')
    await ann.fetchBans()
    await ann.send('for admins who may hear it')
    running.simulator.world.join({ name: 'Bishop' })
    expect((await joined).name).toBe('Bishop')
    expect(heard.filter((text) => !/^(?:Player|Verified GUID) /.test(text))).toEqual([])
    await ann.close()
    await bob.close()
  })

  it.each([
    ['a token that nobody has', 'nobody', 'altis', /belongs to nobody/],
    ['a server that the role does not name', undefined, 'tanoa', /There is no server "tanoa"/],
  ])('ends a client with %s for good, and says why', async (_, token, server, reason) => {
    const client = newClient(token ?? running.tokens.bob, server)
    const closed = (await client.closed) as Error
    expect(closed).toMatchObject({ code: 'login-refused', message: expect.stringMatching(reason) })
  })

  it.each([
    ['an origin of somebody else', { origin: 'https://evil.example' }, ['bercon.v1'], 403],
    ['no subprotocol of ours', {}, ['chat'], 400],
  ])('refuses a WebSocket with %s', async (_, headers, protocols, status) => {
    const url = `${running.url.replace('http', 'ws')}/api/servers/altis/connection`
    const socket = new WebSocket(url, protocols, { headers })
    const answer = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => {
        response.resume()
        resolve(response.statusCode)
      })
      socket.on('error', () => {})
    })
    expect(answer).toBe(status)
  })

  it('takes the token as a subprotocol and in the cookie, too', async () => {
    const url = `${running.url.replace('http', 'ws')}/api/servers/altis/connection`
    for (const [protocols, headers] of [
      [['bercon.v1', `bercon.token.${running.tokens.ann}`], {}],
      [['bercon.v1'], { cookie: `bercon=${running.tokens.ann}`, origin: running.url }],
    ] as const) {
      const socket = new WebSocket(url, [...protocols], { headers })
      const state = await new Promise<string>((resolve) => {
        socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', version: 1 })))
        socket.on('message', (data) => resolve(String(data)))
      })
      expect(JSON.parse(state)).toMatchObject({ type: 'state', state: 'connected' })
      expect(socket.protocol).toBe('bercon.v1')
      socket.close()
    }
  })

  it('ends the channels of a user who was removed, and no others', async () => {
    const [bob, ann] = [newClient(running.tokens.bob), newClient(running.tokens.ann)]
    await Promise.all([bob.fetchPlayers(), ann.fetchPlayers()])
    const { bob: _, ...rest } = running.users
    running.gateway.update({ users: rest, roles: ROLES })
    expect(await bob.closed).toMatchObject({
      code: 'login-refused',
      message: 'The token is not valid any more',
    })
    expect((await ann.fetchPlayers()).length).toBeGreaterThan(0)
    running.gateway.update({ users: running.users })
  })

  it('writes down who came and what they did', async () => {
    const lines = running.audit().filter(({ front }) => front === 'websocket')
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'login', user: 'bob', outcome: 'accepted' }),
    )
    expect(lines).toContainEqual(expect.objectContaining({ event: 'login', user: null, outcome: 'refused' }))
    expect(lines).toContainEqual(
      expect.objectContaining({
        command: 'bans',
        user: 'bob',
        outcome: 'refused',
        code: 'command-disallowed',
      }),
    )
  })
})

it('says when a user beyond the limit of their role may go on', async () => {
  const client = newClient(running.tokens.cid)
  const sent = await Promise.allSettled(Array.from({ length: 4 }, () => client.sendCommand('players')))
  const [error] = sent.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  expect(error).toBeInstanceOf(RateLimitedError)
  const { message, retryAfterMs } = error as RateLimitedError
  expect(message).toMatch(/^The role deaf allows 3 commands a minute; try again in [1-6][0-9]? s$/)
  expect(retryAfterMs).toBeGreaterThan(0)
  expect(retryAfterMs).toBeLessThanOrEqual(60_000)
})
