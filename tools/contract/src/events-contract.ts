import type { Kind, RconClient, RconEvents } from '@bercon/core'
import { encodeServerPacket, encodeText } from '@bercon/protocol'
import { describe, expect, it } from 'vitest'
import { rosterContract } from './roster-contract.js'
import { NERVOUS } from './scene/flavor.js'
import type { Stage } from './stage.js'

const GUID = 'a'.repeat(32)
const ANN = { name: 'Ann', guid: GUID, ip: '192.0.2.1', port: 2304, slot: 3 }

export function eventsContract<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  describe('of the connection', () => connectionEvents(stage))
  describe('of players', () => playerEvents(stage))
  describe('of joins and leaves', () => rosterContract(stage))
  describe('of admins and of the server', () => serverEvents(stage))
}

function connectionEvents<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('connect and login follow a login, with the time of day', async () => {
    const client = stage.newClient()
    const connects = stage.record(client, 'connect')
    const logins = stage.record(client, 'login')
    const before = Date.now()
    await stage.connect(client)
    await stage.until(client, () => logins.length > 0)
    expect(connects).toMatchObject([{ type: 'connect', address: '127.0.0.1', attempts: expect.any(Number) }])
    expect(logins).toMatchObject([{ type: 'login', address: '127.0.0.1' }])
    expect(connects[0]?.at).toBeGreaterThanOrEqual(before)
    expect(connects[0]?.at).toBeLessThanOrEqual(Date.now())
  })

  it('message contains any line unchanged, and the numbers continue', async () => {
    const client = await stage.connected()
    const messages = stage.record(client, 'message')
    await stage.server.emit('first ')
    await stage.server.emit('second\nline')
    await stage.until(client, () => messages.length === 2)
    expect(messages).toMatchObject([
      { type: 'message', text: 'first ', sequence: 1, number: 1 },
      { type: 'message', text: 'second\nline', sequence: 2, number: 2 },
    ])
  })

  it('no event contains the password that a server prints at its start', async () => {
    const client = await stage.connected()
    const emitted: unknown[] = []
    for (const name of ['rawEvent', 'message', 'serverWarning'] as const)
      client.listen(name, (event) => emitted.push(event))
    await stage.server.emit('Config entry: RConPassword correct-horse')
    await stage.until(client, () => emitted.length === 3)
    expect(emitted[2]).toMatchObject({ event: 'config_entry', detail: 'RConPassword ***' })
    expect(JSON.stringify(emitted)).not.toContain('correct-horse')
  })

  it('a text that is not UTF-8 is decoded with the configured encoding', async () => {
    const client = await stage.connected({ encoding: 'windows-1251' })
    const bytes = Uint8Array.of(...encodeText('(Global) '), 0xc8, 0xe2, 0xe0, 0xed, ...encodeText(': привет'))
    const datagram = encodeServerPacket({ type: 'message', sequence: 1, bytes })
    const event = await stage.firstAfter(client, 'playerMessage', () => stage.server.sendRaw(datagram))
    expect(event).toMatchObject({ name: 'Иван', message: 'привет' })
  })

  it('command contains a command with its reply; a keep-alive has an empty text', async () => {
    const client = await stage.connected({ keepAliveMs: 100 })
    const commands = stage.record(client, 'command')
    await stage.done(() => client.fetchMissions())
    await stage.until(client, () => commands.some(({ text }) => text === ''))
    const missions = commands.find(({ text }) => text === 'missions')
    expect(missions).toMatchObject({ type: 'command', sentAfter: 0 })
    expect(missions?.reply).toMatch(/^Missions on server:/)
    expect(commands.find(({ text }) => text === '')).toMatchObject({ reply: '' })
  })

  it('rawEvent is emitted before the events derived from it', async () => {
    const client = await stage.connected()
    const order: string[] = []
    client.listen('rawEvent', ({ event }) => order.push(`rawEvent ${event.type}`))
    client.listen('message', ({ type }) => order.push(type))
    client.listen('unknownMessage', ({ type }) => order.push(type))
    await stage.server.emit('nobody knows this')
    await stage.until(client, () => order.length === 3)
    expect(order).toEqual(['rawEvent message', 'message', 'unknownMessage'])
  })

  it('malformed reports a datagram that is not a packet; the login is kept', async () => {
    const client = await stage.connected()
    const garbage = Uint8Array.of(0x42, 0x45, 1, 2, 3, 4, 0xff, 9)
    const event = await stage.firstAfter(client, 'malformed', () => stage.server.sendRaw(garbage))
    expect(event).toMatchObject({ type: 'malformed', length: 8 })
    expect(event.problem).toBeTypeOf('string')
    expect(await stage.done(() => client.fetchPlayers())).toEqual([])
  })

  it('disconnect, reconnecting and connect are emitted when the server goes away and returns', async () => {
    const client = await stage.connected(NERVOUS)
    const silences = stage.record(client, 'unresponsive')
    const disconnects = stage.record(client, 'disconnect')
    const reconnects = stage.record(client, 'reconnecting')
    const connects = stage.record(client, 'connect')
    await stage.server.crash()
    await stage.until(client, () => reconnects.length > 0)
    // On a busy machine there may be another one before the crash.
    expect(silences.length).toBeGreaterThan(0)
    expect(disconnects).toMatchObject([{ reason: 'forgotten' }])
    expect(reconnects[0]).toMatchObject({ attempt: 1 })
    expect(reconnects[0]?.delayMs).toBeLessThanOrEqual(10)
    await stage.server.revive()
    await stage.until(client, () => connects.length > 0)
    expect(client.isConnected()).toBe(true)
  })

  it('disconnect reports that the client was closed', async () => {
    const client = await stage.connected()
    const event = await stage.firstAfter(client, 'disconnect', () => stage.flavor.close(client))
    expect(event).toMatchObject({ type: 'disconnect', reason: 'closed' })
  })
}

function playerEvents<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('playerConnect, playerGuid and playerVerifyGuid follow a join, each with the player as known by then', async () => {
    const client = await stage.connected()
    const connects = stage.record(client, 'playerConnect')
    const guids = stage.record(client, 'playerGuid')
    const verified = stage.record(client, 'playerVerifyGuid')
    await stage.server.join(ANN)
    await stage.until(client, () => verified.length > 0)
    const who = { playerId: 3, name: 'Ann' }
    expect(connects).toMatchObject([{ ...who, ip: ANN.ip, port: ANN.port, number: 1 }])
    expect(connects[0]?.player).toMatchObject({ id: 3, name: 'Ann', ip: ANN.ip, guid: undefined })
    expect(guids).toMatchObject([{ ...who, guid: GUID, label: 'BE GUID', number: 2 }])
    expect(guids[0]?.player).toMatchObject({ guid: GUID, isGuidValid: false })
    expect(verified).toMatchObject([{ ...who, guid: GUID, number: 3 }])
    expect(verified[0]?.player).toMatchObject({ guid: GUID, isGuidValid: true })
    expect(verified[0]?.player).toBe(client.getPlayer(3))
  })

  it('playerDisconnect follows a leave, with the player as they were', async () => {
    await stage.server.join(ANN)
    const client = await stage.connected()
    await stage.done(() => client.fetchPlayers())
    const event = await stage.firstAfter(client, 'playerDisconnect', () => stage.server.leave(3))
    expect(event).toMatchObject({ playerId: 3, name: 'Ann', kicked: false, player: { guid: GUID } })
    expect(client.getPlayer(3)).toBeUndefined()
  })

  it('playerKick follows a kick, and a later playerDisconnect says so', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    const kicks = stage.record(client, 'playerKick')
    const leavings = stage.record(client, 'playerDisconnect')
    await stage.done(() => client.kick(3, 'too loud'))
    await stage.until(client, () => kicks.length > 0)
    expect(client.getPlayer(3)).toBeUndefined()
    if (leavings.length === 0) await stage.server.emit('Player #3 Ann disconnected')
    await stage.until(client, () => leavings.length > 0)
    expect(kicks).toMatchObject([
      { playerId: 3, name: 'Ann', guid: GUID, reason: 'Admin Kick (too loud)', player: { id: 3 } },
    ])
    expect(leavings).toMatchObject([{ playerId: 3, kicked: true, player: { guid: GUID } }])
  })

  it('playerMessage is chat, with the player if the name identifies one', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    const chat = stage.record(client, 'playerMessage')
    await stage.server.chat(3, 'Side', 'at: the gate')
    await stage.server.emit('(Global) Nobody: hello')
    await stage.until(client, () => chat.length === 2)
    expect(chat[0]).toMatchObject({
      channel: 'Side',
      name: 'Ann',
      message: 'at: the gate',
      player: { id: 3 },
    })
    expect(chat[1]).toMatchObject({ channel: 'Global', name: 'Nobody', message: 'hello', player: undefined })
  })

  it('chat is parsed with the names on the server', async () => {
    const client = await stage.connected()
    await stage.server.join({ name: 'AT: two' })
    const chat = stage.record(client, 'playerMessage')
    await stage.server.chat(0, 'Side', 'at the gate')
    await stage.until(client, () => chat.length > 0)
    expect(chat).toMatchObject([{ name: 'AT: two', message: 'at the gate', player: { id: 0 } }])
  })
}

function serverEvents<K extends Kind, C extends RconClient<K>>(stage: Stage<K, C>): void {
  it('adminLogin is emitted for every admin, the client itself first', async () => {
    const client = stage.newClient()
    const logins = stage.record(client, 'adminLogin')
    await stage.connect(client)
    await stage.until(client, () => logins.length > 0)
    const [admin] = await stage.server.admins()
    expect(logins).toMatchObject([{ adminId: 0, ip: '127.0.0.1', port: admin?.port, number: 0 }])
  })

  it('adminMessage contains an admin’s message, followed by adminAnnouncement or adminWhisper', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    const messages = stage.record(client, 'adminMessage')
    const announcements = stage.record(client, 'adminAnnouncement')
    const whispers = stage.record(client, 'adminWhisper')
    await stage.done(() => client.send('restart in 5'))
    await stage.done(() => client.whisper(3, 'stop that'))
    await stage.until(client, () => whispers.length > 0)
    const announced = { adminId: 0, target: 'global', to: undefined, message: 'restart in 5' }
    const whispered = { adminId: 0, target: 'player', to: 'Ann', message: 'stop that' }
    expect(messages).toMatchObject([announced, whispered])
    expect(announcements).toMatchObject([{ type: 'adminAnnouncement', ...announced }])
    expect(whispers).toMatchObject([{ type: 'adminWhisper', ...whispered, player: { id: 3 } }])
  })

  const lines: readonly (readonly [name: keyof RconEvents, line: string, fields: object])[] = [
    ['beMaster', 'Connected to BE Master', { event: 'connected' }],
    ['beMaster', 'Failed to receive from BE Master (11)', { event: 'receive_failed', code: 11 }],
    ['serverWarning', 'Config entry: MaxPing 250', { event: 'config_entry', detail: 'MaxPing 250' }],
    ['serverWarning', 'Player is unable to receive the message', { event: 'say_undeliverable' }],
    ['unknownMessage', 'Привет, nobody knows this', { raw: 'Привет, nobody knows this' }],
    ['unknownMessage', '', { raw: '' }],
  ]
  it.each(lines)('%s is emitted for the line %j', async (name, line, fields) => {
    const client = await stage.connected()
    const event = await stage.firstAfter(client, name, () => stage.server.emit(line))
    expect(event).toMatchObject({ type: name, number: 1, ...fields })
  })

  it('filterLog reports a match of a script filter', async () => {
    const client = await stage.connected()
    await stage.server.join(ANN)
    const hit = { filter: 'SetVariable Value', index: 7, text: '"x" = 1 - #2' }
    const event = await stage.firstAfter(client, 'filterLog', () => stage.server.filterLog(3, hit))
    const fields = {
      filter: hit.filter,
      filterIndex: 7,
      text: hit.text,
      playerId: 3,
      name: 'Ann',
      guid: GUID,
    }
    expect(event).toMatchObject({ type: 'filterLog', ...fields })
  })
}
