import { arma } from '@bercon/arma'
import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

/** A restart of a DayZ server as its players like it: warned, locked, kicked with a reason, and shut down. */
export async function restart(say: (line: string) => void): Promise<void> {
  const simulator = await startSimulator({ password: 'hunter2', game: 'dayz', initialPlayers: 3 })
  const client = await new AsyncRconClient().connect(simulator.address, simulator.port, 'hunter2')
  client.listen('playerKick', ({ name, reason }) => say(`${name} was kicked: ${reason}`))
  try {
    const server = arma(client)
    await client.send('Restart now, back in two minutes')
    await server.lockServer()
    for (const player of await client.fetchPlayers()) {
      const kicked = client.waitFor('playerKick', { check: (event) => event.playerId === player.id })
      await player.kick('Restart')
      await kicked
    }
    // Started again by whatever watches the process; the client would wait for it, if it were not closed.
    const { answered } = await server.shutdownServer()
    say(answered ? 'The server answered, and goes' : 'The server went without an answer')
  } finally {
    await client.close()
    await simulator.close()
  }
}
