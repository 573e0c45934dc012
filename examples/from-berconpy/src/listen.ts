import { AsyncRconClient } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

await using simulator = await startSimulator({ password: 'hunter2', bots: false })
const { address: host, port } = simulator

const client = new AsyncRconClient({ playersIntervalMs: 0 })

// `@client.listen()` takes the event from the name of the function; here it is the first argument.
client.listen('login', () => console.log('We have logged in!'))
client.listen('message', ({ text }) => console.log('message:', text.replace(/:\d+/, '')))
// Keep-alives are commands with an empty text. Await `sendCommand` for the reply to one of your own.
client.listen('command', ({ text, reply }) => console.log(`reply to ${text}:`, reply || '<empty>'))

await client.connect(host, port, 'hunter2')
await client.waitFor('adminLogin', { timeoutMs: 10_000 })
await client.sendCommand('loadBans')
await client.close()
