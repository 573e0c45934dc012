import { commands, type Kind, type RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import { MISSIONS } from './scene/simulated-server.js'
import type { Stage } from './stage.js'

const ANN = { name: 'Ann', guid: 'a'.repeat(32), ip: '192.0.2.1', port: 2304, ping: 48 }

export function operationsContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('sendCommand returns the reply unchanged', async () => {
    const client = await stage.connected()
    await stage.server.answerNext({ text: ' any\nreply ' })
    expect(await stage.done(() => client.sendCommand('anything'))).toBe(' any\nreply ')
    expect(await stage.server.commands()).toEqual(['anything'])
  })

  it('an empty reply is a reply', async () => {
    const client = await stage.connected()
    expect(await stage.done(() => client.sendCommand('loadBans'))).toBe('')
  })

  it('fetchPlayers returns all players in the game', async () => {
    const slot = await stage.server.join(ANN)
    await stage.server.join({ name: '', slot: 1720, guidStatus: 'unverified', ping: -1, inLobby: true })
    await stage.server.join({ name: 'No one yet', guidStatus: 'unknown' })
    const client = await stage.connected()
    const players = await stage.done(() => client.fetchPlayers())
    expect(players.map(({ name, id }) => [id, name])).toEqual([
      [0, 'Ann'],
      [1, 'No one yet'],
      [1720, ''],
    ])
    expect(players[0]).toMatchObject({
      ...{ id: slot, name: 'Ann', guid: ANN.guid, isGuidValid: true, inLobby: false },
      ...{ addr: '192.0.2.1:2304', ip: '192.0.2.1', port: 2304, ping: 48 },
    })
    expect(players[1]).toMatchObject({ guid: undefined, isGuidValid: false })
    expect(players[2]).toMatchObject({ isGuidValid: false, ping: -1, inLobby: true })
    expect(players[2]?.guid).toMatch(/^[0-9a-f]{32}$/)
  })

  it('fetchPlayers returns an empty list for an empty game', async () => {
    const client = await stage.connected()
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
  })

  it('fetchAdmins returns the logged-in admins, by number', async () => {
    await stage.connected()
    const client = await stage.connected()
    const admins = await stage.done(() => client.fetchAdmins())
    expect(admins.map(({ id, ip }) => [id, ip])).toEqual([
      [0, '127.0.0.1'],
      [1, '127.0.0.1'],
    ])
    expect(admins[1]?.port).toBe((await stage.server.admins())[1]?.port)
  })

  it('fetchMissions returns the files', async () => {
    const client = await stage.connected()
    expect(await stage.done(() => client.fetchMissions())).toEqual(MISSIONS)
  })

  it('run sends a command that is data', async () => {
    const client = await stage.connected()
    expect(await stage.done(() => client.run(commands.version()))).toMatchObject({
      version: '1.217',
    })
  })

  it('kick, with and without a reason', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'Ann', slot: 3 })
    await stage.server.join({ name: 'Bob', slot: 4 })
    expect(await stage.done(() => client.kick(3))).toBeUndefined()
    expect(await stage.done(() => client.kick(4, 'too loud'))).toBeUndefined()
    expect(await stage.server.commands()).toEqual(['kick 3', 'kick 4 too loud'])
    expect(await stage.server.players()).toEqual([])
  })

  it('send reaches all players, whisper one', async () => {
    const client = await stage.connected()
    await stage.done(() => client.send('restart in 5'))
    await stage.done(() => client.whisper(3, 'stop  that '))
    expect(await stage.server.commands()).toEqual(['say -1 restart in 5', 'say 3 stop  that '])
  })

  it('a command is type, sequence and the UTF-8 of its text, and sequences count from 0', async () => {
    const client = await stage.connected()
    await stage.done(() => client.send('привет'))
    await stage.done(() => client.kick(3))
    const payload = (sequence: number, text: string) => [0x01, sequence, ...new TextEncoder().encode(text)]
    expect(await stage.commandPayloads()).toEqual([payload(0, 'say -1 привет'), payload(1, 'kick 3')])
    expect(payload(0, 'say -1 привет')).toHaveLength(21)
  })

  it('a command of exactly 1,391 bytes is sent completely', async () => {
    const client = await stage.connected()
    const text = `${'я'.repeat(692)}`
    await stage.done(() => client.send(text))
    expect(await stage.server.commands()).toEqual([`say -1 ${text}`])
    expect((await stage.commandPayloads())[0]).toHaveLength(2 + 1391)
  })

  it('a player can be kicked, banned and messaged, and shows whether the client still knows them', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    const [ann] = await stage.done(() => client.fetchPlayers())
    if (ann === undefined) throw new Error('Ann is missing')
    await stage.until(client, () => client.getPlayer(0)?.isGuidValid === true)
    expect(ann.isConnected()).toBe(true)
    await stage.done(() => ann.send('hello'))
    await stage.done(() => ann.kick('afk'))
    await stage.until(client, () => !ann.isConnected())
    await stage.done(() => ann.banGuid(60, 'spam'))
    await stage.done(() => ann.banIp(undefined, 'spam'))
    await stage.done(() => ann.ban(5))
    expect(await stage.server.commands()).toEqual([
      'players',
      'say 0 hello',
      'kick 0 afk',
      `addBan ${ANN.guid} 60 spam`,
      'addBan 192.0.2.1 0 spam',
      'ban 0 5',
    ])
    expect(`${ann}`).toBe('Ann')
  })

  it('a player and a ban act through the methods of their client, so that an override sees each call', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    await stage.server.addBan({ target: '192.0.2.7', reason: 'spam' })
    const [ann] = await stage.done(() => client.fetchPlayers())
    const [listed] = await stage.done(() => client.fetchBans())
    if (ann === undefined || listed === undefined) throw new Error('Ann or the ban is missing')
    const seen: unknown[][] = []
    const { kick, ban, whisper, unban } = client
    Object.assign(client, {
      kick: (...given: Parameters<typeof kick>) => {
        seen.push(['kick', ...given])
        return kick.apply(client, given)
      },
      ban: (...given: Parameters<typeof ban>) => {
        seen.push(['ban', ...given])
        return ban.apply(client, given)
      },
      whisper: (...given: Parameters<typeof whisper>) => {
        seen.push(['whisper', ...given])
        return whisper.apply(client, given)
      },
      unban: (...given: Parameters<typeof unban>) => {
        seen.push(['unban', ...given])
        return unban.apply(client, given)
      },
    })
    await stage.done(() => ann.send('hello'))
    await stage.done(() => ann.kick('afk'))
    await stage.done(() => ann.ban(5, 'spam'))
    await stage.done(() => ann.banGuid(60))
    await stage.done(() => ann.banIp())
    await stage.done(() => listed.unban())
    expect(seen).toMatchObject([
      ['whisper', 0, 'hello', undefined],
      ['kick', 0, 'afk', undefined],
      ['ban', 0, 5, 'spam', undefined],
      ['ban', ANN.guid, 60, undefined, undefined],
      ['ban', '192.0.2.1', undefined, undefined, undefined],
      ['unban', listed, undefined],
    ])
  })

  it('a player whose GUID or address is unknown cannot be banned by it', async () => {
    const client = await stage.connected()
    const { player } = await stage.firstAfter(client, 'playerVerifyGuid', () =>
      stage.server.emit(`Verified GUID (${ANN.guid}) of player #3 Ann`),
    )
    await expect(stage.done(() => player.banIp())).rejects.toMatchObject({ argument: 'ip' })
    const { player: bob } = await stage.firstAfter(client, 'playerConnect', () =>
      stage.server.emit('Player #4 Bob (192.0.2.4:2304) connected'),
    )
    await expect(stage.done(() => bob.banGuid())).rejects.toMatchObject({ argument: 'guid' })
    expect(await stage.server.commands()).toEqual([])
  })
}
