import { AsyncRconClient } from '@bercon/client'
import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { ScriptedConnection } from '../../test/scripted-connection.js'
import { hostConnection } from '../host/host-connection.js'
import { channelPair } from '../testing/index.js'
import { RemoteConnection } from './remote-connection.js'

const all = undefined
const players = (command: string) => command === 'players'
const none = () => false

describe('a remote connection', () => {
  it('asks for the replies to all commands only while its client listens for them', async () => {
    const clock = new VirtualClock()
    const hosted = new ScriptedConnection()
    let hellos = 0
    const connection = new RemoteConnection(
      () => {
        const { ends } = channelPair(clock)
        hostConnection(hosted, ends[0], { clock })
        const { send } = ends[1]
        const counted = (text: string) => {
          if (text.includes('hello')) hellos++
          send.call(ends[1], text)
        }
        return Object.assign(ends[1], { send: counted })
      },
      { clock },
    )
    const client = new AsyncRconClient({ connection, clock })
    await clock.run(10)
    expect([hosted.repliesWanted, hellos]).toEqual([['players'], 1])
    const texts: string[] = []
    for (let count = 0; count < 3; count++) {
      const off = client.listen('command', ({ text }) => texts.push(text))
      await clock.run(10)
      expect([hosted.repliesWanted, hellos]).toEqual([undefined, 2])
      hosted.tell({ type: 'command', at: 0, text: 'kick 3', reply: '', sentAfter: 0 })
      await clock.run(10)
      off()
    }
    expect(texts).toEqual(['kick 3', 'kick 3', 'kick 3'])
    // With the next sign of life.
    await clock.run(20_000)
    expect(hosted.repliesWanted).toEqual(['players'])
    client.listen('rawEvent', () => {})
    await clock.run(10)
    expect(hosted.repliesWanted).toBeUndefined()
    connection.close()
    await clock.run(10)
    expect([hosted.repliesWanted, clock.timers]).toEqual([[], 0])
  })

  it.each([
    ['nothing', 'nothing', { first: none, second: none, asked: [] }],
    ['nothing', 'the players', { first: none, second: players, asked: [['players']] }],
    ['the players', 'the players', { first: players, second: players, asked: [] }],
    ['the players', 'nothing', { first: players, second: none, asked: [] }],
    ['the players', 'everything', { first: players, second: all, asked: ['everything'] }],
    ['everything', 'the players', { first: all, second: players, asked: [] }],
  ])(
    'asks its host again only for more (%s, and then %s)',
    async (_first, _second, { first, second, asked: expected }) => {
      const clock = new VirtualClock()
      const { ends } = channelPair(clock)
      const asked: unknown[] = []
      ends[0].onText((text) => asked.push(JSON.parse(text).replies ?? 'everything'))
      const connection = new RemoteConnection(() => ends[1], { clock })
      connection.subscribe(() => {}, first)
      await clock.run(0)
      expect(asked).toHaveLength(1)
      connection.subscribe(() => {}, second)
      await clock.run(0)
      expect(asked.slice(1)).toEqual(expected)
    },
  )
})
