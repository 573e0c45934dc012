import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { decodeText } from '@bercon/core/kit'
import { startSimulator } from '@bercon/simulator'
import { expect, it } from 'vitest'
import { AsyncRconClient } from './async-rcon-client.js'
import { publishReceived, publishSent, type ReceivedPacket, type SentPacket } from './diagnostics.js'

const [PASSWORD, NEXT_PASSWORD] = ['correct-horse', 'battery-staple']

it('without a subscriber no datagram is even looked at', () => {
  const untouchable = new Proxy(new Uint8Array(20), {
    get: () => {
      throw new Error('looked at')
    },
  })
  publishSent('192.0.2.1', 2306, untouchable)
  publishReceived('192.0.2.1', 2306, untouchable)
  const heard = () => {}
  for (const [name, publish] of [
    ['bercon:sent', publishSent],
    ['bercon:received', publishReceived],
  ] as const) {
    subscribe(name, heard)
    expect(() => publish('192.0.2.1', 2306, untouchable)).toThrow('looked at')
    unsubscribe(name, heard)
    publish('192.0.2.1', 2306, untouchable)
  }
})

it('the channels carry what is sent and received, but no password', async () => {
  await using simulator = await startSimulator({ password: PASSWORD, bots: false })
  const sent: SentPacket[] = []
  const received: ReceivedPacket[] = []
  const note =
    <T extends { readonly port: number }>(packets: T[]) =>
    (message: unknown) => {
      const packet = message as T
      if (packet.port === simulator.port) packets.push(packet)
    }
  const [noteSent, noteReceived] = [note(sent), note(received)]
  subscribe('bercon:sent', noteSent)
  subscribe('bercon:received', noteReceived)
  try {
    await using client = new AsyncRconClient({ playersIntervalMs: 0 })
    await client.connect('127.0.0.1', simulator.port, PASSWORD)
    await client.sendCommand('version')
    const printed = client.waitFor('serverWarning')
    simulator.world.emit(`Config entry: RConPassword ${PASSWORD}`)
    await printed
    await client.sendCommand(`RConPassword ${NEXT_PASSWORD}`)
    await client.sendCommand(`rconpassword\t${NEXT_PASSWORD}`).catch(() => {})
  } finally {
    unsubscribe('bercon:sent', noteSent)
    unsubscribe('bercon:received', noteReceived)
  }
  const texts = sent.map(({ packet }) => ('bytes' in packet ? decodeText(packet.bytes) : packet.type))
  expect(texts.filter((text) => text !== 'acknowledgement')).toEqual([
    '',
    'version',
    'RConPassword …',
    'RConPassword …',
  ])
  expect(sent[0]).toMatchObject({ address: '127.0.0.1', port: simulator.port, packet: { type: 'login' } })
  expect(received[0]).toMatchObject({ address: '127.0.0.1', packet: { type: 'login', accepted: true } })
  expect(received.map(({ packet }) => packet.type)).toContain('response')
  const heard = received.map(({ packet }) => ('bytes' in packet ? decodeText(packet.bytes) : packet.type))
  expect(heard).toContain('Config entry: RConPassword ***')
  const shown = inspect([texts, heard, sent, received], { depth: 9 })
  for (const password of [PASSWORD, NEXT_PASSWORD]) expect(shown).not.toContain(password)
})
