import type { Kind, RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

export function listenersContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  /** Emits lines, and waits until all were delivered. */
  const emit = async (client: C, ...lines: readonly string[]) => {
    const messages = stage.record(client, 'message')
    for (const line of lines) await stage.server.emit(line)
    await stage.until(client, () => messages.length === lines.length)
  }

  it('a listener receives every event until it is removed', async () => {
    const client = await stage.connected()
    const received: string[] = []
    const listener = ({ raw }: { readonly raw: string }) => received.push(raw)
    client.addListener('unknownMessage', listener)
    await emit(client, 'one', 'two')
    expect(client.removeListener('unknownMessage', listener)).toBe(true)
    expect(client.removeListener('unknownMessage', listener)).toBe(false)
    await emit(client, 'three')
    expect(received).toEqual(['one', 'two'])
  })

  it('listen returns an unsubscribe function', async () => {
    const client = await stage.connected()
    const received: string[] = []
    const end = client.listen('unknownMessage', ({ raw }) => received.push(raw))
    await emit(client, 'one')
    end()
    await emit(client, 'two')
    expect(received).toEqual(['one'])
  })

  it('a listener added with once is called once', async () => {
    const client = await stage.connected()
    const received: string[] = []
    client.dispatch.once('unknownMessage', ({ raw }) => received.push(raw))
    await emit(client, 'one', 'two')
    expect(received).toEqual(['one'])
    expect(client.dispatch.listenerCount('unknownMessage')).toBe(0)
  })

  it('a listener that throws stops neither the others nor the connection, and an error event reports it', async () => {
    const client = await stage.connected()
    const received: string[] = []
    const errors = stage.record(client, 'error')
    client.listen('unknownMessage', () => {
      throw new Error('the listener is broken')
    })
    client.listen('unknownMessage', ({ raw }) => received.push(raw))
    await emit(client, 'one', 'two')
    expect(received).toEqual(['one', 'two'])
    expect(errors.map(({ error, during }) => [String(error), during])).toEqual([
      ['Error: the listener is broken', 'unknownMessage'],
      ['Error: the listener is broken', 'unknownMessage'],
    ])
    await stage.until(client, async () => (await stage.acknowledged()).includes(2))
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
  })

  it('a listener that rejects is treated the same', async () => {
    const client = await stage.connected()
    const received: string[] = []
    const errors = stage.record(client, 'error')
    client.listen('unknownMessage', () => Promise.reject(new Error('rejected')))
    client.listen('unknownMessage', ({ raw }) => received.push(raw))
    await emit(client, 'one')
    await stage.until(client, () => errors.length > 0)
    expect(received).toEqual(['one'])
    expect(errors).toMatchObject([{ type: 'error', during: 'unknownMessage' }])
    await stage.until(client, async () => (await stage.acknowledged()).includes(1))
  })

  it('an error in a listener of error has no further effect', async () => {
    const client = await stage.connected()
    client.listen('error', () => {
      throw new Error('again')
    })
    client.listen('unknownMessage', () => {
      throw new Error('first')
    })
    await emit(client, 'one', 'two')
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
