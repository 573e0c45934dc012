import { EventEmitter } from 'node:events'
import { AsyncRconClient, visibleText } from '@bercon/client'
import { startSimulator } from '@bercon/simulator'

// #region recipe
/** What this needs of discord.js: its messages, text channels and client are such. */
type Message = { channelId: string; author: { bot: boolean; displayName: string }; cleanContent: string }
type Channel = { id: string; send(message: { content: string; allowedMentions: { parse: [] } }): unknown }
type Discord = { on(event: 'messageCreate', listener: (message: Message) => void): unknown }

const LONGEST = 200

/** Sends the channel what players say, and players what the channel says. */
export function bridge(client: AsyncRconClient, discord: Discord, channel: Channel): void {
  client.listen('playerMessage', ({ name, message }) =>
    // Names and chat are untrusted text: they must not format messages or ping users.
    channel.send({ content: `${plain(name)}: ${plain(message)}`, allowedMentions: { parse: [] } }),
  )
  discord.on('messageCreate', ({ channelId, author, cleanContent }) => {
    if (channelId !== channel.id || author.bot) return
    // One line, and not too long for the game; emoji are not cut in two.
    const line = `${author.displayName}: ${cleanContent}`.replace(/\s+/g, ' ')
    client.send([...line].slice(0, LONGEST).join('')).catch((error) => console.error(error))
  })
}

function plain(text: string): string {
  return text.replace(/[\\`*_~|>#@<[\]()]/g, '\\$&')
}
// #endregion recipe

const password = 'correct-horse'
await using simulator = await startSimulator({ password, bots: false })
await using client = new AsyncRconClient()
client.listen('adminAnnouncement', ({ message }) => console.log('in the game:', visibleText(message)))

// In place of `new Client({ intents: … })` and one of its channels.
const discord = new EventEmitter()
const send: Channel['send'] = async ({ content }) => {
  console.log('in the channel:', visibleText(content))
  const author = { bot: false, displayName: 'Bob' }
  discord.emit('messageCreate', { channelId: '1', author, cleanContent: 'hello\nyourself' })
}
bridge(client, discord, { id: '1', send })
await client.connect(simulator.address, simulator.port, password)
const answered = client.waitFor('command', { check: ({ text }) => text.startsWith('say') })
simulator.world.chat(simulator.world.join({ name: '*Ann*' }), 'Side', 'hello @everyone')
await answered
