import { describe, expect, it } from 'vitest'
import { fieldRows } from '../../../../tools/field-rows.js'
import { RconClientCache } from '../cache/rcon-client-cache.js'
import { EventDispatcher } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import { EventReader, joinsAndLeavesOf } from './event-reader.js'
import type { RconEvents } from './rcon-event.js'

const GUID = 'a'.repeat(32)
const KICK = `(${GUID}) has been kicked by BattlEye: Admin Kick (afk)`

/** A reader, and the joins and leaves from what it has read. */
function newReader(cache = new RconClientCache()) {
  const dispatch = new EventDispatcher<RconEvents<'promise'>>()
  const reader: EventReader<'promise'> = new EventReader<'promise'>(
    {
      cache,
      dispatch,
      onMessage: (text, { at, number }) => reader.readMessage(text, at, number),
    },
    (data) => data as unknown as Player<'promise'>,
  )
  const emitted: string[] = []
  dispatch.on('joinOrLeave', (event) => {
    const kicked = event.kind === 'leave' && event.kicked ? ' (kicked)' : ''
    const seen = event.seen === 'list' ? ' by list' : ''
    emitted.push(`${event.kind} ${event.player.id} ${event.player.name}${kicked}${seen}`)
  })
  dispatch.on('error', ({ error }) => emitted.push(String(error)))
  let last = -1
  const list = (...rows: readonly string[]) => {
    const reply = ['Players on server:', ...rows, `(${rows.length} players in total)`].join('\n')
    reader.read({ type: 'command', at: 0, text: 'players', reply, sentAfter: last })
  }
  const say = (line: string, number = last + 1) => {
    last = Math.max(last, number)
    reader.read({ type: 'message', at: 0, text: line, sequence: number % 256, number })
  }
  const connect = () => {
    last = -1
    reader.read({ type: 'connect', at: 0, address: '192.0.2.1', attempts: 1, elapsedMs: 0 })
  }
  return { dispatch, reader, emitted, say, list, connect }
}

const row = (slot: number, name: string) => `${slot}   192.0.2.${slot}:2304   31   - ${name}`
const joined = (slot: number, name: string) => `Player #${slot} ${name} (192.0.2.${slot}:2304) connected`

describe('a kick is a leave', () => {
  it('without a disconnected line, as on Arma 3', () => {
    const { emitted, say } = newReader()
    say(joined(4, 'Foo'))
    say(`Player #4 Foo ${KICK}`)
    say(joined(4, 'Bar'))
    expect(emitted).toEqual(['join 4 Foo', 'leave 4 Foo (kicked)', 'join 4 Bar'])
  })

  it('once, with a disconnected line, as on DayZ', () => {
    const { emitted, say } = newReader()
    say(joined(4, 'Foo'))
    say(`Player #4 Foo ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(emitted).toEqual(['join 4 Foo', 'leave 4 Foo (kicked)'])
  })

  it('once, if its line arrives after the disconnected line that was sent later', () => {
    const { emitted, say } = newReader()
    say(joined(4, 'Foo'), 0)
    say('Player #4 Foo disconnected', 2)
    say(`Player #4 Foo ${KICK}`, 1)
    expect(emitted).toEqual(['join 4 Foo', 'leave 4 Foo'])
  })

  it('once, of a player who was there before the first list', () => {
    const { emitted, say } = newReader()
    say(`Player #4 Foo ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(emitted).toEqual(['leave 4 Foo (kicked)'])
  })

  it('but not if its line is ambiguous: the next list decides', () => {
    const { emitted, say, list } = newReader()
    say(joined(4, 'Foo'))
    list(row(4, 'Foo'))
    say(`Player #4 Eve ${KICK} (${'b'.repeat(32)}) has been kicked by BattlEye: y`)
    expect(emitted).toEqual(['join 4 Foo'])
    list()
    expect(emitted).toEqual(['join 4 Foo', 'leave 4 Foo by list'])
  })

  it('as in the rows from the field', () => {
    const rows = fieldRows('message')?.filter(({ expect: right }) => 'sequence' in right) ?? []
    for (const {
      text,
      expect: { sequence },
    } of rows) {
      const { emitted, say } = newReader()
      for (const line of text.split('\n')) say(line)
      expect(emitted).toEqual(sequence)
    }
  })
})

const verified = (slot: number, name: string) => `Verified GUID (${GUID}) of player #${slot} ${name}`

describe('before the first list', () => {
  it.each([
    ['a player who was there before leaves', ['Player #4 Foo disconnected'], ['leave 4 Foo']],
    ['a line about a player who was there before is no join', [verified(4, 'Foo')], []],
    [
      'a line about another player in the slot shows that the first left',
      [joined(4, 'Foo'), verified(4, 'Bar')],
      ['join 4 Foo', 'leave 4 Foo'],
    ],
    [
      'an ambiguous kick is no leave',
      [`Player #4 Eve ${KICK} (${'b'.repeat(32)}) has been kicked by BattlEye: y`],
      [],
    ],
  ])('%s', (_, lines, changes) => {
    const { emitted, say } = newReader()
    for (const line of lines) say(line)
    expect(emitted).toEqual(changes)
  })

  it('a cache of the user’s own that knows no player of a line makes no leave of it', () => {
    class Forgetful extends RconClientCache {
      override receiveMessage(...line: Parameters<RconClientCache['receiveMessage']>) {
        return { ...super.receiveMessage(...line), player: undefined }
      }
    }
    const { emitted, say } = newReader(new Forgetful())
    say('Player #4 Foo disconnected')
    expect(emitted).toEqual([])
  })
})

describe('a name with the lobby’s suffix', () => {
  it.each([`Player #4 Foo (Lobby) disconnected`, `Player #4 Foo (Lobby) ${KICK}`])(
    'in %j is the same player as without it',
    (line) => {
      const { dispatch, emitted, say, list } = newReader()
      list()
      say(joined(4, 'Foo'))
      say(`Verified GUID (${GUID}) of player #4 Foo`)
      const left: unknown[] = []
      for (const name of ['joinOrLeave', 'playerDisconnect', 'playerKick'] as const)
        dispatch.on(name, ({ player }) => left.push([player.name, player.isGuidValid]))
      say(line)
      expect(emitted[1]).toMatch(/^leave 4 Foo( \(kicked\))?$/)
      expect(left).toEqual([
        ['Foo', true],
        ['Foo', true],
      ])
    },
  )

  it('in a kick, and without it in the disconnected line, is one leave', () => {
    const { dispatch, emitted, say } = newReader()
    const kicked: boolean[] = []
    dispatch.on('playerDisconnect', (event) => kicked.push(event.kicked))
    say(joined(4, 'Foo'))
    say(`Player #4 Foo (Lobby) ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(kicked).toEqual([true])
    expect(emitted).toHaveLength(2)
  })
})

describe('the first list', () => {
  it('shows who was there before, without a join', () => {
    const { emitted, say, list } = newReader()
    list(row(1, 'Ann'), row(2, 'Bob'))
    expect(emitted).toEqual([])
    say('Player #1 Ann disconnected')
    say(joined(3, 'Cat'))
    expect(emitted).toEqual(['leave 1 Ann', 'join 3 Cat'])
  })

  it('arrives as players, after which the players are known', () => {
    const { dispatch, reader, list } = newReader()
    const lists: unknown[] = []
    dispatch.on('players', ({ players }) => lists.push(players.map(({ name }) => name)))
    list(row(2, 'Bob'), row(1, 'Ann'))
    reader.read({ type: 'command', at: 0, text: 'bans', reply: '', sentAfter: 0 })
    expect(lists).toEqual([['Ann', 'Bob']])
  })

  it('reverts a join whose leave was lost', () => {
    const { emitted, say, list } = newReader()
    say(joined(1, 'Ann'))
    list(row(2, 'Bob'))
    expect(emitted).toEqual(['join 1 Ann', 'leave 1 Ann by list'])
  })
})

describe('a later list', () => {
  it('shows who joined and left while there was no login', () => {
    const { emitted, say, list, connect } = newReader()
    connect()
    list(row(1, 'Ann'), row(2, 'Bob'))
    connect()
    say(joined(3, 'Cat'))
    list(row(2, 'Dan'), row(3, 'Cat'))
    expect(emitted).toEqual([
      'join 3 Cat',
      'leave 1 Ann by list',
      'leave 2 Bob by list',
      'join 2 Dan by list',
    ])
  })

  it('shows nothing if it is incomplete', () => {
    const { dispatch, emitted, list } = newReader()
    list(row(1, 'Ann'))
    dispatch.on('players', ({ type }) => emitted.push(type))
    dispatch.on('listProblem', ({ problem }) => emitted.push(problem))
    list(row(1, 'Ann'), 'nonsense')
    list(row(2, 'Bob'), row(2, 'Cat'))
    expect(emitted).toEqual(['unreadable-row', 'number-twice'])
  })
})

it('a repeated or late line is not a second join', () => {
  const { emitted, say } = newReader()
  say(joined(1, 'Ann'), 0)
  say(joined(1, 'Ann'), 1)
  say('Player #1 Ann disconnected', 3)
  say(`Verified GUID (${GUID}) of player #1 Ann`, 2)
  expect(emitted).toEqual(['join 1 Ann', 'leave 1 Ann'])
})

it('a line that names a player nobody saw join is a join once a list has shown who was there', () => {
  const { emitted, say, list } = newReader()
  list(row(1, 'Ann'))
  say(verified(2, 'Bob'))
  say(verified(1, 'Ann'))
  say(verified(1, 'Ann'))
  list(row(1, 'Ann'), row(2, 'Bob'))
  say('Player #2 Bob disconnected')
  list(row(1, 'Ann'))
  expect(emitted).toEqual(['join 2 Bob', 'leave 2 Bob'])
})

it('the lines of a new login are newer than those before it, though their numbers start over', () => {
  const { emitted, say, connect } = newReader()
  connect()
  say(joined(1, 'Ann'), 7)
  connect()
  say('Player #1 Ann disconnected', 0)
  expect(emitted).toEqual(['join 1 Ann', 'leave 1 Ann'])
})

it('when a slot is reused, the previous player leaves first', () => {
  const { emitted, say } = newReader()
  say(joined(1, 'Ann'))
  say('Player #1 Bob (192.0.2.9:1) connected')
  expect(emitted).toEqual(['join 1 Ann', 'leave 1 Ann', 'join 1 Bob'])
})

it('the event of a line contains its joins and leaves, and comes before them', () => {
  const { dispatch, say } = newReader()
  const emitted: string[] = []
  dispatch.on('playerConnect', (event) => {
    emitted.push(
      ...joinsAndLeavesOf<'promise'>(event).map(({ kind, player }) => `${kind} ${player.name}`),
      event.type,
    )
  })
  dispatch.on('joinOrLeave', ({ type }) => emitted.push(type))
  dispatch.on('unknownMessage', (event) =>
    emitted.push(`${joinsAndLeavesOf<'promise'>(event).length} by ${event.raw}`),
  )
  say(joined(1, 'Ann'))
  say('hello')
  expect(emitted).toEqual(['join Ann', 'playerConnect', 'joinOrLeave', '0 by hello'])
})
