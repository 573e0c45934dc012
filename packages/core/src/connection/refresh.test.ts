import { expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import type { ConnectionOptions } from './connection-options.js'
import type { Dialect } from './dialect.js'
import { battleye } from './dialect.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }

async function newLogin(options: Partial<ConnectionOptions> = {}, dialect: Dialect = battleye) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const connection = new ServerConnection({ transport, clock, dialect }, options)
  const events: ConnectionEvent[] = []
  connection.subscribe((event) => events.push(event))
  const opened = connection.open(TARGET)
  await clock.run(0)
  await opened
  return { clock, peer, connection, events }
}

it('players is requested at the login and every minute, and its replies are emitted', async () => {
  const { clock, peer, events } = await newLogin()
  expect(peer.commands).toEqual(['players'])
  await clock.run(180_000)
  expect(peer.commands).toEqual(['players', 'players', 'players', 'players'])
  const emitted = events.filter((event) => event.type === 'command' && event.text === 'players')
  expect(emitted).toHaveLength(4)
})

it('an incomplete list is requested once more at once, and not again', async () => {
  const { clock, peer } = await newLogin()
  peer.commands.length = 0
  const replies = ['Players on server:\n(3 players in total)', 'Players on server:\n(0 players in total)']
  peer.reply = (command) => (command === 'players' ? replies.shift() : '')
  await clock.run(60_000)
  expect(peer.commands).toEqual(['players', 'players'])
  peer.reply = (command) => (command === 'players' ? 'Players on server:\n(3 players in total)' : '')
  await clock.run(60_000)
  expect(peer.commands).toHaveLength(4)
  peer.reply = () => 'Players on server:\n(0 players in total)'
  await clock.run(60_000)
  expect(peer.commands).toHaveLength(5)
})

it('a list is requested once where the dialect does not say which are complete', async () => {
  const { isWholeList: _, ...dialect } = battleye
  const { clock, peer } = await newLogin({}, dialect)
  peer.reply = () => 'Players on server:\n(3 players in total)'
  await clock.run(60_000)
  expect(peer.commands).toEqual(['players', 'players'])
})

it('the interval is an option, 0 for none; the login is kept in any case', async () => {
  const often = await newLogin({ playersIntervalMs: 10_000 })
  await often.clock.run(60_000)
  expect(often.peer.commands).toHaveLength(7)
  const never = await newLogin({ playersIntervalMs: 0 })
  await never.clock.run(600_000)
  expect(never.peer.commands).toEqual([])
  const keepAlives = never.events.filter((event) => event.type === 'command' && event.text === '')
  expect(keepAlives).toHaveLength(40)
})

it('it is requested again after a reconnect, and not in between', async () => {
  const { clock, peer, connection } = await newLogin({ forgottenAfterPackets: 2, forgottenAfterMs: 5_000 })
  peer.isSilent = true
  await clock.run(180_000)
  expect(connection.state).toBe('reconnecting')
  peer.commands.length = 0
  await clock.run(300_000)
  expect(peer.commands).toEqual([])
  peer.isSilent = false
  await clock.run(31_000)
  expect(connection.state).toBe('connected')
  expect([...new Set(peer.commands)]).toEqual(['players'])
})

it('a reconnect within the minute does not request it twice', async () => {
  const { clock, peer, events } = await newLogin({ forgottenAfterPackets: 2, forgottenAfterMs: 5_000 })
  await clock.run(61_000)
  peer.isSilent = true
  while (!events.some(({ type }) => type === 'disconnect')) await clock.run(100)
  peer.isSilent = false
  await clock.run(2_000)
  peer.commands.length = 0
  await clock.run(600_000)
  expect(peer.commands).toHaveLength(10)
})

it('a request that waits for the next login is the only one of that login', async () => {
  const { clock, peer, connection, events } = await newLogin({
    playersIntervalMs: 10_000,
    forgottenAfterPackets: 2,
    forgottenAfterMs: 5_000,
  })
  peer.isSilent = true
  while (!events.some(({ type }) => type === 'disconnect')) await clock.run(100)
  peer.isSilent = false
  peer.commands.length = 0
  await clock.run(2_000)
  expect([connection.state, peer.commands]).toEqual(['connected', ['players']])
})

it('a connection that is opened again at an incomplete list requests one of the new server', async () => {
  const { clock, peer, connection } = await newLogin()
  peer.reply = (command) => (command === 'players' ? 'Players on server:\n(3 players in total)' : '')
  const off = connection.subscribe((event) => {
    if (event.type !== 'command' || event.text !== 'players') return
    off()
    connection.close()
    void connection.open(TARGET)
    peer.commands.length = 0
    peer.reply = () => ''
  })
  await clock.run(61_000)
  expect([connection.state, peer.commands]).toEqual(['connected', ['players']])
})

it('a missing reply has no further effect', async () => {
  const { clock, peer, connection } = await newLogin()
  peer.reply = (command) => (command === 'players' ? undefined : '')
  await clock.run(600_000)
  expect(connection.state).toBe('connected')
})

it('a dialect defines the request', async () => {
  const dialect: Dialect = { ...battleye, name: 'other', refresh: { text: '#players', resend: true } }
  const { peer } = await newLogin({}, dialect)
  expect(peer.commands).toEqual(['#players'])
})
