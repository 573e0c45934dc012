import { setTimeout as sleep } from 'node:timers/promises'
import { arma } from '@bercon/arma'
import { AsyncRconClient, RconError, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

// #region recipe
const MINUTE_MS = 60_000

/** Warns so many minutes before, lets nobody else in, kicks who is left, and stops the server. */
export async function restart(
  client: AsyncRconClient,
  warnings: readonly number[] = [15, 10, 5, 1],
  minuteMs: number = MINUTE_MS,
  signal?: AbortSignal,
): Promise<void> {
  // From one end for all, so that slow replies do not add up.
  const end = Date.now() + Math.max(...warnings) * minuteMs
  for (const minutes of warnings) {
    await sleep(Math.max(0, end - minutes * minuteMs - Date.now()), undefined, { signal })
    await unlessUnanswered(client.send(`Restart in ${minutes} min`))
  }
  await sleep(Math.max(0, end - Date.now()), undefined, { signal })
  const server = arma(client)
  await server.lockServer()
  for (const player of await client.fetchPlayers()) await unlessUnanswered(player.kick('Restart'))
  // Silence is no error here; whatever watches the process starts it again, and the client waits for that.
  await server.shutdownServer()
}

/** A warning that is lost must not keep the server from its restart. */
async function unlessUnanswered(done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!(error instanceof RconError)) throw error
    console.warn(error.message)
  })
}
// #endregion recipe

const password = 'correct-horse'
const onGameCommand = (command: string) => console.log(visibleText(command))
await using simulator = await startSimulator({ password, bots: false, onGameCommand })
for (const name of ['Ann', 'Bob']) simulator.world.join({ name })
await using client = new AsyncRconClient()
client.listen('adminAnnouncement', ({ message }) => console.log(visibleText(message)))
await client.connect(simulator.address, simulator.port, password)
await restart(client, [3, 1], 20) // a minute of 20 ms, so that it can be watched
console.log(`${simulator.world.players.length} players`)
