import { expect, it, onTestFinished } from 'vitest'
import { startGreeter } from './greeter.js'
import { startThreeServers } from './three-servers.js'

async function start() {
  const servers = await startThreeServers({ battleye: 0, http: 0 })
  onTestFinished(() => servers[Symbol.asyncDispose]())
  const { addresses, tokens } = servers
  const url = addresses.http?.url ?? ''
  const ask = async (token: string, path: string) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, body: (await response.json()) as unknown }
  }
  return { url, tokens, addresses, ask }
}

it('three servers can be asked, each by its own RCON, and a moderator sees two of them', async () => {
  const { tokens, ask, addresses } = await start()
  expect(Object.keys(addresses.battleye)).toEqual(['altis', 'chernarus', 'everon'])
  for (const server of ['altis', 'chernarus', 'everon']) {
    const { body } = await ask(tokens.ann, `/api/servers/${server}/players`)
    expect(body).toMatchObject({ players: expect.arrayContaining([expect.objectContaining({ id: 1 })]) })
  }
  const { body } = await ask(tokens.bob, '/api/servers')
  expect(body).toMatchObject({ servers: [{ name: 'altis' }, { name: 'chernarus' }] })
  expect((await ask(tokens.bob, '/api/servers/everon/players')).status).toBe(404)
})

it('the greeter greets over the gateway', async () => {
  const { url, tokens } = await start()
  const client = startGreeter(url, 'altis', tokens.ann)
  onTestFinished(() => client.close())
  const greeted = client.waitFor('adminMessage', {
    check: ({ message }) => message.startsWith('Welcome, '),
    timeoutMs: 20_000,
  })
  await client.fetchPlayers()
  client.onMessage('Player #0 Rook (192.0.2.7:2304) connected')
  expect((await greeted).message).toBe('Welcome, Rook')
})
