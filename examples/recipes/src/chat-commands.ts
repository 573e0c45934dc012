import { AsyncRconClient, type Player, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

// #region recipe
type Answer = (player: Player, client: AsyncRconClient) => string

// Chat shows a name and no GUID, and anyone can take any name: no command here may need rights.
const ANSWERS: Readonly<Record<string, Answer>> = {
  '!help': () => Object.keys(ANSWERS).join(' '),
  '!rules': () => 'Be kind; no shooting in the base',
  '!ping': ({ ping }) => `Your ping is ${ping} ms`,
  '!players': (_player, { players }) => `${players.length} players`,
}
const PER_PLAYER_MS = 3_000

/** Answers chat commands in a whisper, each player once in a while. */
export function answerCommands(client: AsyncRconClient, now: () => number = Date.now): void {
  const answeredAt = new Map<number, number>()
  client.listen('playerMessage', async ({ player, message }) => {
    const answer = Object.hasOwn(ANSWERS, message.trim()) ? ANSWERS[message.trim()] : undefined
    // No player where two have that name, or nobody known: there is nobody to whisper to.
    if (answer === undefined || player === undefined) return
    if (now() - (answeredAt.get(player.id) ?? Number.NEGATIVE_INFINITY) < PER_PLAYER_MS) return
    answeredAt.set(player.id, now())
    await player.send(answer(player, client))
  })
}
// #endregion recipe

const password = 'correct-horse'
await using simulator = await startSimulator({ password, bots: false })
const { world } = simulator
const [ann, bob] = [world.join({ name: 'Ann', ping: 42 }), world.join({ name: 'Bob' })]

const client = new AsyncRconClient()
client.listen('error', ({ error, during }) => console.error(during, error))
client.listen('adminWhisper', ({ to, message }) => console.log(visibleText(`to ${to}: ${message}`)))
answerCommands(client)
await client.connect(simulator.address, simulator.port, password)
await client.fetchPlayers()

const answered = client.waitFor('command', { check: ({ text }) => text === `say ${bob} 2 players` })
world.chat(ann, 'Side', '!ping')
world.chat(ann, 'Side', '!ping')
world.chat(bob, 'Global', 'two at the gate')
world.chat(bob, 'Global', '!players')
await answered
await client.close()
