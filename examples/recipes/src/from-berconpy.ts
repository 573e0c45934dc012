import { AsyncRconClient, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
simulator.world.join({ name: 'Ann', ping: 42 })
const { address: host, port } = simulator

// #region page
const client = new AsyncRconClient()

client.listen('playerMessage', ({ channel, name, message }) =>
  console.log(visibleText(`(${channel}) ${name}: ${message}`)),
)

await client.connect(host, port, 'hunter2')
for (const { id, name, ping } of await client.fetchPlayers()) console.log(id, visibleText(name), ping)
await client.close()
// #endregion page
