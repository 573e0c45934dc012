import { AsyncRconClient, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
const slot = simulator.world.join({ name: 'Ann', ping: 42 })
const { address: host, port } = simulator

const client = new AsyncRconClient()
client.listen('playerMessage', ({ player, name, channel, message }) =>
  // `player` is undefined if no known player, or more than one, has the name.
  console.log(visibleText(`(${channel}) ${player?.name ?? name}: ${message}`)),
)

await client.connect(host, port, 'hunter2')
const said = client.waitFor('playerMessage', { timeoutMs: 10_000 })
simulator.world.chat(slot, 'Side', 'hello')
await said
await client.close()
