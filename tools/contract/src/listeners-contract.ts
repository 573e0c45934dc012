import type { Kind, RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

export function listenersContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  /** Emits lines, and waits until all of them were delivered. */
  const tell = async (client: C, ...lines: readonly string[]) => {
    const messages = stage.record(client, 'message')
    for (const line of lines) await stage.server.emit(line)
    await stage.until(client, () => messages.length === lines.length)
  }

  it('a listener receives every event until it is removed', async () => {
    const client = await stage.connected()
    const told: string[] = []
    const listener = ({ raw }: { readonly raw: string }) => told.push(raw)
    client.addListener('unknownMessage', listener)
    await tell(client, 'one', 'two')
    expect(client.removeListener('unknownMessage', listener)).toBe(true)
    expect(client.removeListener('unknownMessage', listener)).toBe(false)
    await tell(client, 'three')
    expect(told).toEqual(['one', 'two'])
  })

  it('listen returns an unsubscribe function', async () => {
    const client = await stage.connected()
    const told: string[] = []
    const end = client.listen('unknownMessage', ({ raw }) => told.push(raw))
    await tell(client, 'one')
    end()
    await tell(client, 'two')
    expect(told).toEqual(['one'])
  })

  it('a listener that is added once is called once', async () => {
    const client = await stage.connected()
    const told: string[] = []
    client.dispatch.once('unknownMessage', ({ raw }) => told.push(raw))
    await tell(client, 'one', 'two')
    expect(told).toEqual(['one'])
    expect(client.dispatch.listenerCount('unknownMessage')).toBe(0)
  })

  it('a listener that throws stops neither the others nor the connection, and an error event reports it', async () => {
    const client = await stage.connected()
    const told: string[] = []
    const errors = stage.record(client, 'error')
    client.listen('unknownMessage', () => {
      throw new Error('the listener is broken')
    })
    client.listen('unknownMessage', ({ raw }) => told.push(raw))
    await tell(client, 'one', 'two')
    expect(told).toEqual(['one', 'two'])
    expect(errors.map(({ error, during }) => [String(error), during])).toEqual([
      ['Error: the listener is broken', 'unknownMessage'],
      ['Error: the listener is broken', 'unknownMessage'],
    ])
    await stage.until(client, async () => (await stage.acknowledged()).includes(2))
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
  })

  it('a listener that rejects is no different', async () => {
    const client = await stage.connected()
    const told: string[] = []
    const errors = stage.record(client, 'error')
    client.listen('unknownMessage', () => Promise.reject(new Error('rejected')))
    client.listen('unknownMessage', ({ raw }) => told.push(raw))
    await tell(client, 'one')
    await stage.until(client, () => errors.length > 0)
    expect(told).toEqual(['one'])
    expect(errors).toMatchObject([{ type: 'error', during: 'unknownMessage' }])
    await stage.until(client, async () => (await stage.acknowledged()).includes(1))
  })

  it('a listener of error that throws is left alone', async () => {
    const client = await stage.connected()
    client.listen('error', () => {
      throw new Error('again')
    })
    client.listen('unknownMessage', () => {
      throw new Error('first')
    })
    await tell(client, 'one', 'two')
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
  })

  it('a listener finds the cache up to date', async () => {
    const client = await stage.connected()
    const found: (string | undefined)[] = []
    client.listen('playerConnect', ({ playerId }) => found.push(client.getPlayer(playerId)?.name))
    client.listen('playerDisconnect', ({ playerId }) => found.push(client.getPlayer(playerId)?.name))
    await stage.server.join({ name: 'Ann', guidStatus: 'unknown' })
    await stage.server.leave(0)
    await stage.until(client, () => found.length === 2)
    expect(found).toEqual(['Ann', undefined])
  })
}
