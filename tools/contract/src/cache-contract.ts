import { type Kind, type RconClient, RconClientCache } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)

export function cacheContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  const slots = (client: C) => client.players.map(({ id, name }) => [id, name])

  it('a player who joins is known at once, and one who leaves is forgotten', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'Ann', slot: 7 })
    await stage.server.join({ name: 'Bob', slot: 2, guidStatus: 'unknown' })
    await stage.until(client, () => client.players.length === 2)
    expect(slots(client)).toEqual([
      [2, 'Bob'],
      [7, 'Ann'],
    ])
    expect(client.getPlayer(2)?.guid).toBeUndefined()
    expect(client.getPlayer(3)).toBeUndefined()
    await stage.server.leave(7)
    await stage.until(client, () => client.players.length === 1)
    expect(slots(client)).toEqual([[2, 'Bob']])
  })

  it('players who joined before the login are known after it', async () => {
    await stage.server.join({ name: 'Ann', guid: GUID })
    const client = await stage.connected({ playersIntervalMs: 60_000 })
    await stage.until(client, () => client.players.length > 0)
    expect(client.getPlayer(0)).toMatchObject({ name: 'Ann', guid: GUID, isGuidValid: true, ping: 31 })
  })

  it('fetchPlayers returns the objects of the cache, and keeps those of unchanged players', async () => {
    await stage.server.join({ name: 'Ann' })
    const client = await stage.connected()
    const [first] = await stage.done(() => client.fetchPlayers())
    expect(client.getPlayer(0)).toBe(first)
    expect(client.players).toEqual([first])
    const [again] = await stage.done(() => client.fetchPlayers())
    expect(again).toBe(first)
  })

  it('players are found by name and by GUID', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'Ann', guid: GUID })
    await stage.server.join({ name: 'Ann' })
    await stage.until(client, () => client.getPlayer(1)?.isGuidValid === true)
    expect(client.findPlayers({ name: 'Ann' })).toHaveLength(2)
    expect(client.findPlayers({ guid: GUID.toUpperCase() })).toEqual([client.getPlayer(0)])
    expect(client.findPlayers({ name: 'Bob' })).toEqual([])
  })

  it('a player as JSON is their data', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'Ann', guid: GUID, ip: '192.0.2.1', port: 2304, ping: 48 })
    const [ann] = await stage.done(() => client.fetchPlayers())
    expect(JSON.parse(JSON.stringify(ann))).toEqual({
      ...{ id: 0, name: 'Ann', guid: GUID, isGuidValid: true, inLobby: false },
      ...{ addr: '192.0.2.1:2304', ip: '192.0.2.1', port: 2304, ping: 48 },
    })
  })

  it('another cache can replace the default one', async () => {
    const cache = new RconClientCache()
    const client = await stage.connected({ cache })
    expect(client.cache).toBe(cache)
    await stage.server.join({ name: 'Ann' })
    await stage.until(client, () => cache.players.size > 0)
    expect(slots(client)).toEqual([[0, 'Ann']])
  })
}
