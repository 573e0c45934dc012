import { AsyncRconClient, type Player, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

// #region recipe
/** Kicks players whose GUID is not on the list; a player without a GUID stays until the server has verified it. */
export function keepOut(client: AsyncRconClient, allowed: ReadonlySet<string>): void {
  const check = async (player: Player) => {
    if (player.guid === undefined || !player.isGuidValid || allowed.has(player.guid)) return
    // Somebody else may have the slot by now.
    if (player.isConnected()) await player.kick('You are not on the whitelist')
  }
  client.listen('playerVerifyGuid', ({ player }) => check(player))
  // At each login and every minute the client asks for the list: so nobody is missed who came while the login was
  // lost, or whose kick was.
  client.listen('players', ({ players }) => Promise.all(players.map(check)))
}
// #endregion recipe

const password = 'correct-horse'
const members = { Ann: 'a'.repeat(32), Bob: 'b'.repeat(32) }

await using simulator = await startSimulator({ password, bots: false })
const { world } = simulator
world.join({ name: 'Ann', guid: members.Ann })
world.join({ name: 'Early' })

const client = new AsyncRconClient()
client.listen('error', ({ error, during }) => console.error(during, error))
client.listen('playerKick', ({ player, detail }) =>
  console.log(visibleText(`${player} was kicked: ${detail}`)),
)
keepOut(client, new Set(Object.values(members)))

const kicks = client.events('playerKick')
await client.connect(simulator.address, simulator.port, password)
await kicks.next()
world.join({ name: 'Bob', guid: members.Bob })
world.join({ name: 'Late' })
await kicks.next()
console.log(visibleText((await client.fetchPlayers()).join(', ')))
await client.close()
