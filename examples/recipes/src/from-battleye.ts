import { RconPool, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
simulator.world.join({ name: 'Ann' })
const { address: host, port } = simulator

// #region page
const pool = new RconPool()

pool.listen('message', ({ server, event }) => console.log(server, visibleText(event.text)))
pool.listen('disconnect', ({ server, event }) => console.log(server, event.reason))
pool.listen('error', ({ server, error }) => console.error(server, error))

const client = await pool.add('my-server', { host, port, password: 'hunter2' })
const reply = await client.sendCommand('players', { resend: true }) // the text, as before
for (const line of reply.split('\n')) console.log(visibleText(line))
console.log((await client.fetchPlayers()).map(({ name }) => visibleText(name))) // read
await pool.close()
// #endregion page
