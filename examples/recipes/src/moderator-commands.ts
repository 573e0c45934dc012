import { AsyncRconClient, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

/** Carries out `!kick NAME` for players whose verified GUID is in the set. */
export function moderate(client: AsyncRconClient, moderators: ReadonlySet<string>): void {
  // Until the first list after a login, the client may still know who was there before.
  let isListCurrent = false
  client.listen('connect', () => {
    isListCurrent = false
  })
  client.listen('players', () => {
    isListCurrent = true
  })
  client.listen('playerMessage', async ({ message, player, ambiguous }) => {
    if (!message.startsWith('!kick ') || !isListCurrent || ambiguous) return
    if (player?.guid === undefined || !player.isGuidValid || !moderators.has(player.guid)) return
    const [target, ...others] = client.findPlayers({ name: message.slice('!kick '.length) })
    if (target === undefined || others.length > 0) await player.send('No single player has that name')
    else await target.kick(`by ${player}`)
  })
}

const [password, guid] = ['correct-horse', 'a'.repeat(32)]
await using simulator = await startSimulator({ password, bots: false })
const { world } = simulator
const [ann, rook] = [world.join({ name: 'Ann', guid }), world.join({ name: 'Rook' })]

await using client = new AsyncRconClient()
client.listen('error', ({ error, during }) => console.error(during, error))
client.listen('playerKick', ({ player, detail }) =>
  console.log(visibleText(`${player} was kicked ${detail}`)),
)
moderate(client, new Set([guid]))
const listed = client.waitFor('players')
await client.connect(simulator.address, simulator.port, password)
await listed

const kicked = client.waitFor('command', { check: ({ text }) => text.startsWith('kick') })
world.chat(rook, 'Side', '!kick Ann') // not a moderator
world.chat(ann, 'Side', '!kick Rook')
await kicked
