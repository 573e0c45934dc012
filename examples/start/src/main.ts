import { AsyncRconClient, RconError, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'
import { settingsFrom } from './settings.js'

const SHOWN_MS = 3_000

async function main(): Promise<void> {
  const settings = settingsFrom(process.env)
  if (settings !== undefined) {
    console.log(`Connecting to ${settings.host}:${settings.port} …`)
    return show(settings.host, settings.port, settings.password, readOnly)
  }
  const password = 'correct-horse'
  const simulator = await startSimulator({
    password,
    joinIntervalMs: 700,
    chatIntervalMs: 5_000,
    // The player kicked below must still be there.
    stayMs: Number.POSITIVE_INFINITY,
  })
  console.log(`No RCON_HOST is set: a simulated game server runs at ${simulator.address}:${simulator.port}.`)
  try {
    await show(simulator.address, simulator.port, password, sayAndKick)
  } finally {
    await simulator.close()
  }
}

/** Logs in, shows the players and for a while what the server says, does `act`, and says what it took. */
async function show(
  host: string,
  port: number,
  password: string,
  act: (client: AsyncRconClient) => Promise<void>,
): Promise<void> {
  const client = new AsyncRconClient()
  client.listen('message', ({ text }) => console.log(`  | ${visibleText(text)}`))
  await client.connect(host, port, password)
  try {
    const players = await client.fetchPlayers()
    console.log(`Logged in as admin #${client.adminId}; ${players.length} players:`)
    console.table(
      players.map(({ id, name, ping, guid, inLobby }) => ({
        id,
        name: visibleText(name),
        ping,
        guid,
        inLobby,
      })),
    )
    console.log(`What the server says in the next ${SHOWN_MS / 1_000} seconds:`)
    await Promise.all([act(client), new Promise((resolve) => setTimeout(resolve, SHOWN_MS))])
    report(client)
  } finally {
    await client.close()
  }
}

async function readOnly(): Promise<void> {}

async function sayAndKick(client: AsyncRconClient): Promise<void> {
  await client.send('bercon says hello')
  const bot = client.players[0]
  if (bot === undefined) return
  const kicked = client.waitFor('playerKick', { check: ({ player }) => player.id === bot.id })
  const [{ player }] = await Promise.all([kicked, bot.kick('to show how it is done')])
  console.log(`  ${visibleText(String(player))} was kicked and left; still known: ${bot.isConnected()}`)
}

function report({ statistics }: AsyncRconClient): void {
  const { sent, resent, received, acknowledged, smoothedRoundTripMs } = statistics
  console.log(
    `Round trip ${smoothedRoundTripMs?.toFixed(2)} ms; ${sent} packets sent, ${resent} of them again, ` +
      `${received} received, ${acknowledged} messages acknowledged.`,
  )
}

main().catch((error: unknown) => {
  // What a user can mend is one line; anything else is a defect of ours, and comes with its stack.
  console.error(error instanceof RconError ? error.message : error)
  process.exitCode = 1
})
