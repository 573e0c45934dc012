// @ts-nocheck
import { setMaxListeners } from 'node:events'
import { type Simulator, startSimulator } from '@bercon/simulator'
import { describe, expect, it } from 'vitest'
import { AsyncRconClient } from './async-rcon-client.js'

const newClient = ({ port }: Simulator) =>
  new AsyncRconClient({ playersIntervalMs: 0 }).connect('127.0.0.1', port, 'hunter2')

describe('a signal', () => {
  it('ends every waiting call at once, with its reason', async () => {
    await using simulator = await startSimulator({ password: 'hunter2', bots: false })
    await using client = await newClient(simulator)
    simulator.world.join({ name: 'Ann' })
    simulator.world.addBan({ target: '192.0.2.7' })
    const [ann] = await client.fetchPlayers()
    const [ban] = await client.fetchBans()
    if (ann === undefined || ban === undefined) throw new Error('somebody is missing')
    simulator.crash()
    const controller = new AbortController()
    const { signal } = controller
    setMaxListeners(0, signal)
    const calls: readonly Promise<unknown>[] = [
      client.sendCommand('x', { signal }),
      client.fetchPlayers({ signal }),
      client.fetchBans({ signal }),
      client.fetchAdmins({ signal }),
      client.fetchMissions({ signal }),
      client.ban(3, 60, 'spam', { signal }),
      client.unban(3, { signal }),
      client.unban('192.0.2.7', { signal }),
      client.kick(3, 'afk', { signal }),
      client.send('hello', { signal }),
      client.whisper(3, 'hello', { signal }),
      client.run({ text: 'x', resend: false, parse: String }, { signal }),
      client.waitFor('playerKick', { signal }),
      ann.kick('afk', { signal }),
      ann.ban(1, 'x', { signal }),
      ann.banGuid(1, 'x', { signal }),
      ann.banIp(1, 'x', { signal }),
      ann.send('hello', { signal }),
      ban.unban({ signal }),
    ]
    const outcomes = Promise.allSettled(calls)
    controller.abort('enough')
    for (const outcome of await outcomes) expect(outcome).toEqual({ status: 'rejected', reason: 'enough' })
    expect(client.statistics).toMatchObject({ inFlight: 0, queued: 0 })
  })

  it('that is aborted after the reply changes nothing', async () => {
    await using simulator = await startSimulator({ password: 'hunter2', bots: false })
    await using client = await newClient(simulator)
    const controller = new AbortController()
    expect(await client.fetchPlayers({ signal: controller.signal })).toEqual([])
    controller.abort()
    expect(await client.fetchPlayers()).toEqual([])
  })
})
