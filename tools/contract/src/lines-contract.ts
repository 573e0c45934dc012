import { EventDispatcher, type Kind, type RconClient, type RconEvents } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)

/** Behavior that needs no connection. */
export function linesContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('onMessage handles a line from anywhere, as if it had just been received', () => {
    const client = stage.newClient()
    const connects = stage.record(client, 'playerConnect')
    const messages = stage.record(client, 'message')
    const before = Date.now()
    client.onMessage('Player #3 Ann (192.0.2.1:2304) connected')
    client.onMessage('Player #4 Bob (192.0.2.2:2304) connected', { number: 9, at: 1_000 })
    expect(client.players.map(({ name }) => name)).toEqual(['Ann', 'Bob'])
    expect(connects).toMatchObject([
      { playerId: 3, number: undefined },
      { playerId: 4, number: 9, at: 1_000 },
    ])
    expect(connects[0]?.at).toBeGreaterThanOrEqual(before)
    expect(messages).toEqual([])
  })

  it('onMessage is called for every line of the server, after the message event, and can be overridden', async () => {
    const client = await stage.connected()
    const order: string[] = []
    const { onMessage } = client
    client.onMessage = (text, options) => {
      order.push(`onMessage ${text} ${typeof options?.number} ${typeof options?.at}`)
      if (text.startsWith('Player')) onMessage.call(client, text, options)
    }
    client.listen('message', ({ text }) => order.push(`message ${text}`))
    client.listen('playerConnect', ({ name }) => order.push(`playerConnect ${name}`))
    client.listen('unknownMessage', () => order.push('unknownMessage'))
    await stage.server.emit('a line of another kind')
    await stage.server.emit('Player #3 Ann (192.0.2.1:2304) connected')
    await stage.until(client, () => order.length >= 5)
    expect(order).toEqual([
      'message a line of another kind',
      'onMessage a line of another kind number number',
      'message Player #3 Ann (192.0.2.1:2304) connected',
      'onMessage Player #3 Ann (192.0.2.1:2304) connected number number',
      'playerConnect Ann',
    ])
    expect(client.players.map(({ name }) => name)).toEqual(['Ann'])
  })

  it('an onMessage that throws or rejects becomes an error event, and the next line is handled nevertheless', async () => {
    const client = await stage.connected()
    const errors = stage.record(client, 'error')
    client.onMessage = (text) => {
      if (text === 'one') throw new Error(text)
      return Promise.reject(new Error(text)) as unknown as undefined
    }
    for (const line of ['one', 'two', 'three']) await stage.server.emit(line)
    await stage.until(client, () => errors.length === 3)
    expect(errors.map(({ during, error }) => `${during}: ${error}`)).toEqual([
      'onMessage: Error: one',
      'onMessage: Error: two',
      'onMessage: Error: three',
    ])
  })

  it('parseAdmins, parseBans and parseMissions parse replies', () => {
    const client = stage.newClient()
    const admins = 'Connected RCon admins:\n[#] [IP Address]:[Port]\n1 192.0.2.9:5\n0 192.0.2.8:4\n'
    expect(client.parseAdmins(admins).map(({ id }) => id)).toEqual([0, 1])
    const bans = `GUID Bans:\n0  ${GUID} perm spam\n\nIP Bans:\n1  192.0.2.7 90`
    expect(client.parseBans(bans)).toMatchObject([
      { index: 0, id: GUID, reason: 'spam' },
      { index: 1, id: '192.0.2.7', minutesLeft: 90, reason: '' },
    ])
    expect(client.parseMissions('Missions on server:\na.altis.pbo\n')).toEqual(['a.altis.pbo'])
  })

  it('any other reply is an error', () => {
    const client = stage.newClient()
    expect(() => client.parseAdmins('')).toThrow('it is empty')
    expect(() => client.parseBans('')).toThrow('it is empty')
    expect(() => client.parseMissions('')).toThrow('it is empty')
  })

  it('checkDisallowedCommand throws for a reply that refuses the command', () => {
    const client = stage.newClient()
    expect(() => client.checkDisallowedCommand('kick 3', 'disallowed COMMAND')).toThrow('does not allow')
    expect(() => client.checkDisallowedCommand('kikc 3', 'Unknown command')).toThrow('does not know')
    client.checkDisallowedCommand('kick 3', '')
  })

  it('another dispatcher can replace the default one', () => {
    const dispatch = new EventDispatcher<RconEvents<K>>()
    const client = stage.newClient({ dispatch })
    const received = stage.record(client, 'unknownMessage')
    expect(client.dispatch).toBe(dispatch)
    dispatch.emit('unknownMessage', { type: 'unknownMessage', raw: 'x', at: 0, number: undefined })
    expect(received).toHaveLength(1)
  })
}
