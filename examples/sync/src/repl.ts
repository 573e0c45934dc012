import { start } from 'node:repl'
import { SyncRconClient, visibleText } from '@bercon/sync'

// A session with `client` at hand: `client.fetchPlayers()`, `client.players[0].kick('afk')`, `client.sendCommand('#lock')` …
const POLL_MS = 250

const { RCON_HOST = '127.0.0.1', RCON_PORT, RCON_PASSWORD = '' } = process.env
const client = new SyncRconClient().connect(RCON_HOST, Number(RCON_PORT), RCON_PASSWORD)
const session = start('rcon> ')
Object.assign(session.context, { client })
client.listen('message', ({ text }) => session.output.write(`| ${visibleText(text)}\n`))
// Between two lines no code calls the client, and without a call it delivers no events.
const polling = setInterval(() => client.poll(), POLL_MS)
session.on('exit', () => {
  clearInterval(polling)
  client.close()
})
