import type { Kind, RconClient, Result } from '@bercon/core'
import { expect, it } from 'vitest'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)

export function argumentsContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  type Call = (client: RconClient<K>) => Result<K, unknown>
  const texts: readonly (readonly [what: string, argument: string, call: (bad: string) => Call])[] = [
    ['a command', 'command', (bad) => (client) => client.sendCommand(bad)],
    ['the reason of a kick', 'reason', (bad) => (client) => client.kick(3, bad)],
    ['the reason of a ban', 'reason', (bad) => (client) => client.ban(3, 60, bad)],
    ['the reason of a ban by GUID', 'reason', (bad) => (client) => client.ban(GUID, 60, bad)],
    ['what is said to all', 'text', (bad) => (client) => client.send(bad)],
    ['what is said to one', 'text', (bad) => (client) => client.whisper(3, bad)],
    ['a target', 'target', (bad) => (client) => client.ban(bad)],
    ['the target of an unban', 'target', (bad) => (client) => client.unban(bad)],
  ]
  const bad = ['a\nb', 'a\rb', 'a\0b', 'half a \uD83D pair', 'я'.repeat(696)]

  it.each(texts)('refuses bad texts as %s by name, and sends no command', async (_, argument, call) => {
    const client = await stage.connected()
    for (const text of bad) {
      const refused = stage.done(() => call(text)(client))
      await expect(refused, JSON.stringify(text)).rejects.toMatchObject({
        code: 'invalid-argument',
        argument,
      })
    }
    expect(await stage.commandPayloads()).toEqual([])
  })

  const others: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
    target: {
      'a GUID of 31 digits': (client) => client.ban(GUID.slice(1)),
      'a GUID with a digit that is none': (client) => client.ban(`g${GUID.slice(1)}`),
      'an address with a port': (client) => client.ban('192.0.2.7:2304'),
      'an address out of range': (client) => client.ban('192.0.2.256'),
      'an empty target': (client) => client.ban(''),
    },
    playerId: {
      '-1 for a kick': (client) => client.kick(-1),
      '-1 for a ban': (client) => client.ban(-1),
      '-1 for a whisper': (client) => client.whisper(-1, 'hello'),
      'half a slot': (client) => client.kick(1.5),
      'a slot that is no number': (client) => client.kick(Number.NaN),
    },
    minutes: {
      'half a minute': (client) => client.ban(3, 1.5),
      '0, which would be permanent': (client) => client.ban(3, 0),
      '0 for a GUID': (client) => client.ban(GUID, 0),
      'less than 0': (client) => client.ban(3, -1),
    },
    id: {
      '-1 for an unban': (client) => client.unban(-1),
    },
    timeoutMs: {
      'less than 0': (client) => client.sendCommand('players', { timeoutMs: -1 }),
      'no number': (client) => client.fetchPlayers({ timeoutMs: Number.NaN }),
    },
  }

  it.each(Object.keys(others))('refuses every bad %s by name, and sends no command', async (argument) => {
    const client = await stage.connected()
    for (const [what, call] of Object.entries(others[argument] ?? {})) {
      const refused = stage.done(() => call(client))
      await expect(refused, what).rejects.toMatchObject({ code: 'invalid-argument', argument })
    }
    expect(await stage.commandPayloads()).toEqual([])
  })

  it('reports the length of a command that is too long, in bytes, and the limit', async () => {
    const client = await stage.connected()
    const sent = stage.done(() => client.sendCommand('я'.repeat(696)))
    await expect(sent).rejects.toThrow(/1391 bytes long in UTF-8.*1392/)
  })

  it('refuses bad messages and reasons of a player, like the client', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'Ann' })
    const [ann] = await stage.done(() => client.fetchPlayers())
    if (ann === undefined) throw new Error('Ann is missing')
    const refused: readonly (readonly [argument: string, call: () => Result<K, unknown>])[] = [
      ['text', () => ann.send('a\nb')],
      ['reason', () => ann.kick('a\nb')],
      ['minutes', () => ann.ban(0)],
      ['minutes', () => ann.banGuid(1.5)],
      ['reason', () => ann.banIp(1, 'a\0b')],
    ]
    for (const [argument, call] of refused)
      await expect(stage.done(call)).rejects.toMatchObject({ code: 'invalid-argument', argument })
    expect(await stage.commandsAsked()).toEqual(['players'])
  })
}
