import { describe, expect, it } from 'vitest'
import { ScriptedPeer } from '../../test/scripted-peer.js'
import type { Command } from '../steps.js'
import { MemoryTransport, VirtualClock } from '../testing/index.js'
import { ServerConnection } from './server-connection.js'

const TARGET = { host: '192.0.2.1', port: 2302, password: 'hunter2' }

const version: Command<number> = {
  text: 'version',
  resend: true,
  parse: (reply) => {
    const number = Number(reply)
    if (Number.isNaN(number)) throw new Error(`not a version: ${reply}`)
    return number
  },
}

async function newLogin(reply: string) {
  const clock = new VirtualClock()
  const peer = new ScriptedPeer()
  peer.reply = () => reply
  const transport = new MemoryTransport(clock, new Map([[TARGET.host, peer]]))
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0 })
  const opened = connection.open(TARGET)
  await clock.run(0)
  await opened
  return { clock, peer, connection }
}

describe('a command that is asked', () => {
  it('returns what it makes of the reply', async () => {
    const { clock, connection } = await newLogin('1.5')
    const asked = connection.ask(version)
    await clock.run(0)
    expect(await asked).toBe(1.5)
  })

  it.each([
    ['a reply that it cannot read', 'seven', { message: 'not a version: seven' }],
    ['a refusal of the server', 'Unknown command', { code: 'unknown-command', command: 'version' }],
  ])('fails at %s', async (_, reply, failure) => {
    const { clock, connection } = await newLogin(reply)
    const failed = expect(connection.ask(version)).rejects.toMatchObject(failure)
    await clock.run(0)
    await failed
  })

  it('fails if the connection is not open, and is not sent', async () => {
    const { clock, peer, connection } = await newLogin('1.5')
    connection.close()
    await expect(connection.ask(version)).rejects.toMatchObject({ code: 'closed', command: 'version' })
    await clock.run(60_000)
    expect(peer.commands).toEqual([])
  })
})
