import { execFileSync } from 'node:child_process'
import { RconError, SyncRconClient, visibleText } from '@bercon/sync'

const TIMEOUT_MS = 300_000

/** Locks the server, asks everybody to leave, runs the command once it is empty, and unlocks it. */
function backUp(client: SyncRconClient, command: string, args: readonly string[]): void {
  client.sendCommand('#lock')
  try {
    client.send(`The server is backed up now: please leave within ${TIMEOUT_MS / 60_000} minutes`)
    empty(client)
    console.log('The server is empty.')
    execFileSync(command, args, { stdio: 'inherit' })
  } finally {
    client.sendCommand('#unlock')
  }
}

/** Waits until the last player has left; who is still there when the time is up is kicked. */
function empty(client: SyncRconClient): void {
  // Begun before the list is asked for, so that nobody can leave unseen in between.
  using leaving = client.events('playerDisconnect', { timeoutMs: TIMEOUT_MS })
  const players = client.fetchPlayers()
  if (players.length === 0) return
  console.log(visibleText(`Waiting for ${players.join(', ')} to leave.`))
  for (const { player } of leaving) {
    console.log(visibleText(`${player} left, ${client.players.length} to go.`))
    if (client.players.length === 0) return
  }
  for (const player of client.fetchPlayers()) player.kick('The server is backed up')
}

function main(): void {
  const { RCON_HOST = '127.0.0.1', RCON_PORT, RCON_PASSWORD = '' } = process.env
  const [command, ...args] = process.argv.slice(2)
  if (command === undefined)
    throw new Error('Usage: RCON_HOST=… RCON_PORT=… RCON_PASSWORD=… node backup.js <command> [argument …]')
  using client = new SyncRconClient().connect(RCON_HOST, Number(RCON_PORT), RCON_PASSWORD)
  backUp(client, command, args)
}

try {
  main()
} catch (error) {
  // What a user can mend is one line; anything else comes with its stack.
  console.error(error instanceof RconError ? error.message : error)
  process.exitCode = 1
}
