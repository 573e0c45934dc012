import { deepEqual, equal } from 'node:assert/strict'
import type { Check } from './flavors.js'

// About fifty parts; the cuts split characters of two bytes.
const LONG_REPLY = `x${'привет '.repeat(4_000)}`

/** How commands are answered, and how they fail. */
export const COMMAND_CHECKS: readonly Check[] = [
  {
    name: 'asks who is on the server',
    run: async (scene) => {
      for (const name of ['Ann', 'Bob']) await scene.server.join({ name })
      const client = await scene.connected()
      const players = await scene.done(() => client.fetchPlayers())
      deepEqual(players.map(String), ['Ann', 'Bob'])
    },
  },
  {
    name: 'reads a reply of many parts',
    run: async (scene) => {
      const client = await scene.connected()
      await scene.server.answerNext({ text: LONG_REPLY })
      equal(await scene.done(() => client.sendCommand('long')), LONG_REPLY)
    },
  },
  {
    name: 'has 200 commands under way, each answered with its own reply',
    run: async (scene) => {
      const client = await scene.connected()
      const numbers = Array.from({ length: 200 }, (_, number) => number)
      for (const number of numbers) await scene.server.answerNext({ text: `reply ${number}` })
      const replies = await Promise.all(
        numbers.map((number) => scene.done(() => client.sendCommand(`command ${number}`))),
      )
      const commands = await scene.server.commands()
      const expected = numbers.map((number) => `reply ${commands.indexOf(`command ${number}`)}`)
      deepEqual(replies, expected)
    },
  },
  {
    name: 'kicks a player, and receives an event that they are gone',
    run: async (scene) => {
      await scene.server.join({ name: 'Ann' })
      const client = await scene.connected()
      const [ann] = await scene.done(() => client.fetchPlayers())
      const event = await scene.firstAfter(client, 'playerKick', () =>
        scene.done(() => client.kick(ann?.id ?? -1, 'afk')),
      )
      deepEqual([event.name, event.reason], ['Ann', 'Admin Kick (afk)'])
      deepEqual(await scene.server.players(), [])
    },
  },
]
