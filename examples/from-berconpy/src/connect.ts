import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
const { address: host, port } = simulator

// `async with client.connect(…)`: the client closes at the end of the block. Without `using`, call `close` in a `finally`.
const client = new AsyncRconClient()
{
  await using connected = await client.connect(host, port, 'hunter2')
  console.log('Connected!', connected.isLoggedIn())
}
console.log('Disconnected!', client.isConnected())

// As there, the same client connects again.
await client.connect(host, port, 'hunter2')
console.log('Connected again!', client.isLoggedIn())
await client.close()
