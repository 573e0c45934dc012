import type { Kind, RconClient } from '@bercon/core'
import { expect, it } from 'vitest'
import { NERVOUS } from './scene/flavor.js'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)

export function failuresContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('a command needs a connect before it', async () => {
    const client = stage.newClient()
    const failure = { code: 'not-connected', command: 'players' }
    await expect(stage.done(() => client.fetchPlayers())).rejects.toMatchObject(failure)
  })

  it('a command after close fails at once, not sent', async () => {
    const client = await stage.connected()
    await stage.flavor.close(client)
    const failure = { code: 'closed', command: 'kick 3', outcome: 'not-sent' }
    await expect(stage.done(() => client.kick(3))).rejects.toMatchObject(failure)
  })

  it('a command without a reply fails at its deadline, and reports an unknown outcome', async () => {
    const client = await stage.connected()
    await stage.server.answerNext('silence')
    const failure = { code: 'command-timeout', command: 'kick 3', attempts: 1, outcome: 'unknown' }
    await expect(stage.done(() => client.kick(3, undefined, { timeoutMs: 100 }))).rejects.toMatchObject(
      failure,
    )
    await stage.until(client, async () => (await stage.server.commands()).length > 0)
    expect(await stage.server.commands()).toEqual(['kick 3'])
  })

  it('a command that only reads is sent again until it has a reply', async () => {
    const client = await stage.connected()
    // Once a round trip is measured, the wait for a reply is short.
    await stage.done(() => client.fetchMissions())
    await stage.server.answerNext('silence')
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
    const commands = await stage.server.commands()
    expect([...new Set(commands)]).toEqual(['missions', 'players'])
    expect(commands.filter((text) => text === 'players').length).toBeGreaterThan(1)
  })

  it('sendCommand sends a command again only if the caller allows it', async () => {
    const client = await stage.connected()
    await stage.done(() => client.fetchMissions())
    await stage.server.answerNext('silence')
    await stage.server.answerNext({ text: 'done' })
    expect(await stage.done(() => client.sendCommand('#monitor 0', { resend: true }))).toBe('done')
    const commands = await stage.server.commands()
    expect([...new Set(commands)]).toEqual(['missions', '#monitor 0'])
    // More often, if the server is slow.
    expect(commands.filter((text) => text === '#monitor 0').length).toBeGreaterThan(1)
  })

  it('a command whose deadline passes without a login was not sent', async () => {
    const client = await stage.connected(NERVOUS)
    await stage.server.crash()
    await stage.until(client, () => !client.isConnected())
    const failure = { code: 'command-timeout', attempts: 0, outcome: 'not-sent' }
    await expect(stage.done(() => client.kick(3, '', { timeoutMs: 50 }))).rejects.toMatchObject(failure)
  })

  it('a restricted server disallows commands that change something, and answers those that only read', async () => {
    await stage.restart({ restricted: true })
    const client = await stage.connected()
    const disallowed = { code: 'command-disallowed' }
    await expect(stage.done(() => client.kick(3))).rejects.toMatchObject(disallowed)
    await expect(stage.done(() => client.ban(GUID))).rejects.toMatchObject({ command: `addBan ${GUID} 0` })
    await expect(stage.done(() => client.unban(0))).rejects.toMatchObject(disallowed)
    await expect(stage.done(() => client.sendCommand('#lock'))).rejects.toMatchObject(disallowed)
    expect(await stage.done(() => client.fetchBans())).toEqual([])
  })

  it.each([
    ['Disallowed command', 'command-disallowed'],
    ['DISALLOWED COMMAND', 'command-disallowed'],
    ['disallowed command\n', 'command-disallowed'],
    ['Unknown command', 'unknown-command'],
    ['unknown COMMAND', 'unknown-command'],
  ])('the reply %j in any case is an error, for every operation', async (text, code) => {
    const client = await stage.connected()
    for (const call of [() => client.sendCommand('kick 3'), () => client.send('hello')]) {
      await stage.server.answerNext({ text })
      await expect(stage.done<unknown>(call)).rejects.toMatchObject({ code })
    }
    await stage.server.answerNext({ text })
    await expect(stage.done(() => client.fetchPlayers())).rejects.toMatchObject({ code, command: 'players' })
  })

  it('a reply that only contains such words is a reply', async () => {
    const client = await stage.connected()
    await stage.server.answerNext({ text: 'Unknown command: x' })
    expect(await stage.done(() => client.sendCommand('x'))).toBe('Unknown command: x')
  })

  it.each(['', 'GUID Bans:', 'nonsense'])('%j is not a list of players', async (text) => {
    const client = await stage.connected()
    await stage.server.answerNext({ text })
    const failure = { code: 'unexpected-reply', command: 'players', reply: text }
    await expect(stage.done(() => client.fetchPlayers())).rejects.toMatchObject(failure)
  })

  it('an empty reply is not a list of bans, admins or missions', async () => {
    const client = await stage.connected()
    const calls = [() => client.fetchBans(), () => client.fetchAdmins(), () => client.fetchMissions()]
    for (const call of calls) {
      await stage.server.answerNext({ text: '' })
      await expect(stage.done<unknown>(call)).rejects.toMatchObject({ code: 'unexpected-reply', reply: '' })
    }
  })

  it('an operation of several commands stops at one that fails', async () => {
    await stage.server.addBan({ target: GUID })
    const client = await stage.connected()
    await stage.server.answerNext({ text: '' })
    await expect(stage.done(() => client.unban(GUID))).rejects.toMatchObject({ command: 'bans' })
    expect(await stage.commandsAsked()).toEqual(['bans'])
    expect(await stage.server.bans()).toHaveLength(1)
  })
}
