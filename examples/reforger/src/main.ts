import { AsyncRconClient } from '@bercon/client'
import { createDialect, type ReforgerDialectOptions, reforger } from '@bercon/reforger'
import { startReforgerSimulator } from '@bercon/simulator'

/**
 * Who is on a Reforger server, a ban for an hour, and its end, by the RCON that is built into the game. `options` are
 * for a server that is known better: this one never pauses within an output.
 */
export async function administer(
  say: (line: string) => void,
  options: ReforgerDialectOptions = {},
): Promise<void> {
  const simulator = await startReforgerSimulator({
    password: 'hunter2',
    initialPlayers: 3,
  })
  const client = new AsyncRconClient({ dialect: createDialect(options) })
  await client.connect(simulator.address, simulator.port, 'hunter2')
  try {
    const server = reforger(client)
    const players = await server.fetchPlayers()
    say(`The RCON is ${await server.rcon()}`)
    for (const { id, identityId, name } of players) say(`${id} ${identityId} ${name}`)
    const [player] = players
    if (player === undefined) return
    await server.ban(player.id, 60, 'team killing')
    for (const { target, name } of await server.fetchBans()) {
      say(`${name} is banned`)
      say(`${name} is ${(await server.unban(target)) ? 'free again' : 'not banned any more'}`)
    }
  } finally {
    await client.close()
    await simulator.close()
  }
}
