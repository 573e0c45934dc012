import { type Simulator, startSimulator } from '@bercon/simulator'
import { onTestFinished, vi } from 'vitest'
import type { ConnectionFlags } from '../src/settings/sources.js'
import { PASSWORD } from './bercon-process.js'

/** A server with a few players, some with names that are hard to show, and three bans. */
export async function startSmallWorld(): Promise<Simulator> {
  const simulator = await startSimulator({
    password: PASSWORD,
    bots: false,
    missions: ['Coop_10_Dawn.Altis.pbo', 'a | b.Tanoa.pbo'],
  })
  const { world } = simulator
  const guid = (digit: string) => digit.repeat(32)
  world.join({ name: 'Rook', guid: guid('a'), ip: '192.0.2.1', port: 2304, ping: 31 })
  world.join({ name: '🐻 Bär 漢字', guid: guid('b'), ip: '192.0.2.2', port: 2304, ping: 132 })
  world.join({ name: 'דוד', guid: guid('c'), ip: '192.0.2.3', port: 2304, ping: 7, inLobby: true })
  const wicked = '=1+1|<b>\u001b[31m'
  world.join({
    name: wicked,
    guid: guid('d'),
    ip: '192.0.2.4',
    port: 2304,
    ping: -1,
    guidStatus: 'unverified',
  })
  world.addBan({ target: guid('e'), reason: 'cheating, "twice"' })
  world.addBan({ target: guid('f'), minutes: 90, reason: 'spam' })
  world.addBan({ target: '198.51.100.7' })
  return simulator
}

/** The flags with which a command in this process finds the server. The password is in the environment until the test ends. */
export function flagsFor({ port }: { readonly port: number }): ConnectionFlags {
  vi.stubEnv('RCON_PASSWORD', PASSWORD)
  vi.stubEnv('XDG_CONFIG_HOME', '/nowhere')
  // Other files run in this process, and start programs with its environment.
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  return { port: String(port), game: 'battleye' }
}
