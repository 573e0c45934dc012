import { type AsyncRconClient, type Ban, RconPool, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

// #region recipe
/**
 * Copies each server's bans to all others; returns how many bans were added. You can repeat it at any time: lists are
 * read first, so that a ban whose reply was lost is not added twice. Lifting a ban takes `unban` on each server.
 */
export async function syncBans(clients: readonly AsyncRconClient[]): Promise<number> {
  const lists = await Promise.all(clients.map((client) => client.fetchBans()))
  const longest = new Map<string, Ban>()
  for (const ban of lists.flat()) {
    if (minutesOf(ban) >= 1 && minutesOf(ban) > minutesOf(longest.get(ban.id))) longest.set(ban.id, ban)
  }
  let added = 0
  for (const [index, client] of clients.entries()) {
    const listed = new Set(lists[index]?.map(({ id }) => id))
    for (const { id, minutesLeft, reason } of longest.values()) {
      if (listed.has(id)) continue
      await client.ban(id, minutesLeft, reason) // no minutes left to count: permanent
      added++
    }
  }
  return added
}

function minutesOf(ban: Ban | undefined): number {
  if (ban?.isPermanent) return Number.POSITIVE_INFINITY
  return ban?.minutesLeft ?? 0
}
// #endregion recipe

const password = 'correct-horse'
await using altis = await startSimulator({ password, bots: false })
await using malden = await startSimulator({ password, bots: false })
altis.world.addBan({ target: 'a'.repeat(32), reason: 'aimbot' })
malden.world.addBan({ target: '192.0.2.7', minutes: 90, reason: 'spam' })

await using pool = new RconPool()
pool.listen('error', ({ server, during, error }) => console.error(server, during, error))
const clients = await Promise.all([
  pool.add('altis', { host: altis.address, port: altis.port, password }),
  pool.add('malden', { host: malden.address, port: malden.port, password }),
])
console.log(`${await syncBans(clients)} added, then ${await syncBans(clients)}`)
for (const name of pool.names) {
  const bans = (await pool.get(name)?.fetchBans()) ?? []
  console.log(name, visibleText(bans.map(({ id, reason }) => `${id} ${reason}`).join(', ')))
}
