import { ClientSession, type ClientSessionEvent } from '@bercon/protocol'
import { expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import type { ConnectionEvent } from './connection-event.js'
import { battleye } from './dialect.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }

/** A session whose first replies are all joined from two executions. */
class MixingSession extends ClientSession {
  readonly mixed: { left: number }

  constructor(mixed: { left: number }) {
    super()
    this.mixed = mixed
  }

  override takeEvents() {
    return super.takeEvents().map((event): ClientSessionEvent => {
      if (event.type !== 'reply' || this.mixed.left === 0) return event
      this.mixed.left--
      return { ...event, mixed: true }
    })
  }
}

/** Connects to a peer that sends these replies in order, the first `mixed` of them joined. */
async function connected(replies: readonly string[], mixed: number) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  let given = 0
  peer.reply = (command) => (command === '' ? '' : replies[given++ % replies.length])
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const left = { left: mixed }
  const dialect = { ...battleye, createSession: () => new MixingSession(left) }
  const connection = new ServerConnection({ transport, clock, dialect }, { playersIntervalMs: 0 })
  const events: ConnectionEvent[] = []
  connection.subscribe((event) => events.push(event))
  const opened = connection.open(TARGET)
  await clock.run(0)
  await opened
  return { clock, peer, connection, emitted: () => events.filter(({ type }) => type === 'command') }
}

it('a reply joined from two executions is requested again, and never returned', async () => {
  const { clock, peer, connection, emitted } = await connected(['torn', 'whole'], 1)
  const reply = connection.exchange({ text: 'missions', resend: true })
  await clock.run(0)
  expect(await reply).toBe('whole')
  expect(peer.commands).toEqual(['missions', 'missions'])
  expect(emitted()).toMatchObject([{ text: 'missions', reply: 'whole' }])
})

it('a joined reply that is the same twice in a row is accepted', async () => {
  const { clock, peer, connection, emitted } = await connected(['one', 'two', 'two'], 3)
  const reply = connection.exchange({ text: 'missions', resend: true })
  await clock.run(0)
  expect(await reply).toBe('two')
  expect(peer.commands).toHaveLength(3)
  expect(emitted()).toMatchObject([{ reply: 'two', mixed: true }])
})

it('a joined reply with its own total is left to its parser, and marked as joined', async () => {
  const { clock, peer, connection, emitted } = await connected(['joined'], 1)
  const reply = connection.exchange({ text: 'players', resend: true, hasTotal: true })
  await clock.run(0)
  expect(await reply).toBe('joined')
  expect(peer.commands).toEqual(['players'])
  expect(emitted()).toMatchObject([{ reply: 'joined', mixed: true }])
})

it('requests end at the deadline of the call, with an error that says that the command was executed', async () => {
  const { clock, peer, connection } = await connected(['a', 'b'], 1_000)
  const outcome = connection
    .exchange({ text: 'missions', resend: true }, { timeoutMs: 100 })
    .catch((error: unknown) => error)
  const { reply } = peer
  peer.reply = (command) => (peer.commands.length > 2 ? undefined : reply(command))
  for (let at = 0; at < 20; at++) await clock.run(10)
  expect(await outcome).toMatchObject({ code: 'command-timeout', outcome: 'executed' })
})

it('an error counts the sendings of every request for the reply', async () => {
  const { clock, peer, connection } = await connected(['a', 'b'], 2)
  const outcome = connection
    .exchange({ text: 'missions', resend: true }, { timeoutMs: 10_000 })
    .catch((error: unknown) => error)
  const { reply } = peer
  const answered = 2
  peer.reply = (command) =>
    command === 'missions' && peer.commands.length > answered ? undefined : reply(command)
  await clock.run(10_000)
  const attempts = peer.commands.filter((command) => command === 'missions').length
  expect(attempts).toBeGreaterThan(answered + 1)
  expect(await outcome).toMatchObject({ code: 'command-timeout', attempts })
})

it('a joined reply to a keep-alive is that to any other', async () => {
  const { clock, connection, emitted } = await connected([], 1)
  await clock.run(60_000)
  expect(connection.state).toBe('connected')
  expect(emitted()).toMatchObject([{ text: '', mixed: true }, { text: '' }, { text: '' }, { text: '' }])
})
