import type { AsyncRconClient } from '@bercon/client'
import type { GameWorld } from '@bercon/simulator'

const LOOK_EVERY_MS = 20
// A lost message is repeated within some seconds; a list that is wrong for longer stays wrong.
const TIMEOUT_MS = 8_000

/** Whether the client soon has the same players as the running game: the last lines are still in transit. */
export async function playersAgree(client: AsyncRconClient, world: GameWorld): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < TIMEOUT_MS; waitedMs += LOOK_EVERY_MS) {
    const known = client.players.map(({ id, name }) => `${id} ${name}`)
    const real = world.players.map(({ id, name }) => `${id} ${name}`)
    if (known.sort().join() === real.sort().join()) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return false
}
