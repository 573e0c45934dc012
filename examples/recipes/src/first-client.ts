import { AsyncRconClient, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

const password = 'correct-horse'
await using simulator = await startSimulator({ password, bots: false })
for (const name of ['Ann', 'Bob']) simulator.world.join({ name })

const client = new AsyncRconClient()
client.listen('error', ({ error, during }) => console.error(during, error))
client.listen('playerKick', ({ player, reason }) =>
  console.log(visibleText(`${player} was kicked: ${reason}`)),
)

// Your server instead: its address, its RConPort and its RConPassword.
await client.connect(simulator.address, simulator.port, password)
try {
  const [first] = await client.fetchPlayers()
  await client.send('The server restarts in 5 minutes')
  const left = client.waitFor('joinOrLeave', { check: ({ kind }) => kind === 'leave', timeoutMs: 5_000 })
  await first?.kick('to show how it is done')
  await left
  console.log(`${client.players.length} left`)
} finally {
  await client.close()
}
