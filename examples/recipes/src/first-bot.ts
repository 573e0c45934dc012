import { AsyncRconClient, codeOf, visibleText } from '@bercon/client'

const { RCON_HOST = '127.0.0.1', RCON_PORT = '2306', RCON_PASSWORD = 'correct-horse' } = process.env

// Whatever still waits when the client is closed is rejected with the code "closed".
const report = (error: unknown) => {
  if (codeOf(error) !== 'closed') console.error(error)
}

// Without the option, `connect` fails if the server does not answer within 20 seconds.
const client = new AsyncRconClient({ loginTimeoutMs: Number.POSITIVE_INFINITY })
client.listen('error', ({ error }) => report(error))
client.listen('connect', () => console.log('logged in'))
client.listen('joinOrLeave', async ({ kind, player }) => {
  if (kind !== 'join') return
  await player.send('Welcome! Write !afk to take a break.')
  console.log(visibleText(`greeted ${player.name}`))
})
client.listen('playerMessage', async ({ message, player }) => {
  if (message === '!afk') await player?.kick('See you soon')
})
client.listen('playerKick', ({ name, reason }) => console.log(visibleText(`${name} was kicked: ${reason}`)))

// The client keeps this list up to date; no request is needed.
const timer = setInterval(() => console.log(visibleText(client.players.join(', '))), 30_000)
process.once('SIGINT', () => {
  clearInterval(timer)
  void client.close()
})

await client.connect(RCON_HOST, Number(RCON_PORT), RCON_PASSWORD).catch(report)
