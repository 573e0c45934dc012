import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
simulator.world.join({ name: 'Ann', ping: 42 })
const { address: host, port } = simulator

const client = new AsyncRconClient({ playersIntervalMs: 0 })
// There, a log at the level DEBUG shows what was received.
client.listen('rawEvent', ({ event }) => console.log('DEBUG', event.type))

await client.connect(host, port, 'hunter2')
const reply = await client.sendCommand('players', { resend: true })
console.log(reply.split('\n').at(-1))
await client.close()
