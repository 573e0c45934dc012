// @ts-nocheck
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
function newReader() {
  const dispatch = new EventDispatcher<RconEvents<'promise'>>()
  const reader: EventReader<'promise'> = new EventReader<'promise'>(
    {
      cache: new RconClientCache(),
      dispatch,
      onMessage: (text, { at, number }) => reader.readMessage(text, at, number),
    },
    (data) => data as unknown as Player<'promise'>,
  )
  const told: string[] = []
  dispatch.on('joinOrLeave', (event) => {
    const kicked = event.kind === 'leave' && event.kicked ? ' (kicked)' : ''
    const seen = event.seen === 'list' ? ' by list' : ''
    told.push(`${event.kind} ${event.player.id} ${event.player.name}${kicked}${seen}`)
  })
  let last = -1
  const list = (...rows: readonly string[]) => {
    const reply = ['Players on server:', ...rows, `(${rows.length} players in total)`].join('\n')
    reader.read({ type: 'command', at: 0, text: 'players', reply, sentAfter: last })
  }
  const say = (line: string, number = last + 1) => {
    last = Math.max(last, number)
    reader.readMessage(line, 0, number)
  }
  const connect = () => {
    last = -1
    reader.read({ type: 'connect', at: 0, address: '192.0.2.1', attempts: 1, elapsedMs: 0 })
  }
  return { dispatch, reader, told, say, list, connect }
}

const row = (slot: number, name: string) => `${slot}   192.0.2.${slot}:2304   31   - ${name}`
const joined = (slot: number, name: string) => `Player #${slot} ${name} (192.0.2.${slot}:2304) connected`

describe('a kick is a leave', () => {
  it('without a disconnected line, as on Arma 3', () => {
    const { told, say } = newReader()
    say(joined(4, 'Foo'))
    say(`Player #4 Foo ${KICK}`)
    say(joined(4, 'Bar'))
    expect(told).toEqual(['join 4 Foo', 'leave 4 Foo (kicked)', 'join 4 Bar'])
  })

  it('once, with a disconnected line, as on DayZ', () => {
    const { told, say } = newReader()
    say(joined(4, 'Foo'))
    say(`Player #4 Foo ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(told).toEqual(['join 4 Foo', 'leave 4 Foo (kicked)'])
  })

  it('once, if its line arrives after the disconnected line that was sent later', () => {
    const { told, say } = newReader()
    say(joined(4, 'Foo'), 0)
    say('Player #4 Foo disconnected', 2)
    say(`Player #4 Foo ${KICK}`, 1)
    expect(told).toEqual(['join 4 Foo', 'leave 4 Foo'])
  })

  it('once, of a player who was there before the first list', () => {
    const { told, say } = newReader()
    say(`Player #4 Foo ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(told).toEqual(['leave 4 Foo (kicked)'])
  })

  it('but not if its line is ambiguous: the next list decides', () => {
    const { told, say, list } = newReader()
    say(joined(4, 'Foo'))
    list(row(4, 'Foo'))
    say(`Player #4 Eve ${KICK} (${'b'.repeat(32)}) has been kicked by BattlEye: y`)
    expect(told).toEqual(['join 4 Foo'])
    list()
    expect(told).toEqual(['join 4 Foo', 'leave 4 Foo by list'])
  })

  it('as in the rows from the field', () => {
    const rows = fieldRows('message')?.filter(({ expect: right }) => 'sequence' in right) ?? []
    for (const {
      text,
      expect: { sequence },
    } of rows) {
      const { told, say } = newReader()
      for (const line of text.split('\n')) say(line)
      expect(told).toEqual(sequence)
    }
  })
})

describe('a name with the lobby’s suffix', () => {
  it.each([`Player #4 Foo (Lobby) disconnected`, `Player #4 Foo (Lobby) ${KICK}`])(
    'in %j is the same player as without it',
    (line) => {
      const { dispatch, told, say, list } = newReader()
      list()
      say(joined(4, 'Foo'))
      say(`Verified GUID (${GUID}) of player #4 Foo`)
      const left: unknown[] = []
      for (const name of ['joinOrLeave', 'playerDisconnect', 'playerKick'] as const)
        dispatch.on(name, ({ player }) => left.push([player.name, player.isGuidValid]))
      say(line)
      expect(told[1]).toMatch(/^leave 4 Foo( \(kicked\))?$/)
      expect(left).toEqual([
        ['Foo', true],
        ['Foo', true],
      ])
    },
  )

  it('in a kick, and without it in the disconnected line, is one leave', () => {
    const { dispatch, told, say } = newReader()
    const kicked: boolean[] = []
    dispatch.on('playerDisconnect', (event) => kicked.push(event.kicked))
    say(joined(4, 'Foo'))
    say(`Player #4 Foo (Lobby) ${KICK}`)
    say('Player #4 Foo disconnected')
    expect(kicked).toEqual([true])
    expect(told).toHaveLength(2)
  })
})

describe('the first list', () => {
  it('shows who was there before, without a join', () => {
    const { told, say, list } = newReader()
    list(row(1, 'Ann'), row(2, 'Bob'))
    expect(told).toEqual([])
    say('Player #1 Ann disconnected')
    say(joined(3, 'Cat'))
    expect(told).toEqual(['leave 1 Ann', 'join 3 Cat'])
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
    const { told, say, list } = newReader()
    say(joined(1, 'Ann'))
    list(row(2, 'Bob'))
    expect(told).toEqual(['join 1 Ann', 'leave 1 Ann by list'])
  })
})

describe('a later list', () => {
  it('shows who joined and left while there was no login', () => {
    const { told, say, list, connect } = newReader()
    connect()
    list(row(1, 'Ann'), row(2, 'Bob'))
    connect()
    say(joined(3, 'Cat'))
    list(row(2, 'Dan'), row(3, 'Cat'))
    expect(told).toEqual(['join 3 Cat', 'leave 1 Ann by list', 'leave 2 Bob by list', 'join 2 Dan by list'])
  })

  it('shows nothing if it is incomplete', () => {
    const { dispatch, told, list } = newReader()
    list(row(1, 'Ann'))
    dispatch.on('players', ({ type }) => told.push(type))
    dispatch.on('listProblem', ({ problem }) => told.push(problem))
    list(row(1, 'Ann'), 'nonsense')
    list(row(2, 'Bob'), row(2, 'Cat'))
    expect(told).toEqual(['unreadable-row', 'number-twice'])
  })
})

it('a repeated or late line is not a second join', () => {
  const { told, say } = newReader()
  say(joined(1, 'Ann'), 0)
  say(joined(1, 'Ann'), 1)
  say('Player #1 Ann disconnected', 3)
  say(`Verified GUID (${GUID}) of player #1 Ann`, 2)
  expect(told).toEqual(['join 1 Ann', 'leave 1 Ann'])
})

it('when a slot is reused, the previous player leaves first', () => {
  const { told, say } = newReader()
  say(joined(1, 'Ann'))
  say('Player #1 Bob (192.0.2.9:1) connected')
  expect(told).toEqual(['join 1 Ann', 'leave 1 Ann', 'join 1 Bob'])
})

it('the event of a line contains its joins and leaves, and comes before them', () => {
  const { dispatch, say } = newReader()
  const told: string[] = []
  dispatch.on('playerConnect', (event) => {
    told.push(
      ...joinsAndLeavesOf<'promise'>(event).map(({ kind, player }) => `${kind} ${player.name}`),
      event.type,
    )
  })
  dispatch.on('joinOrLeave', ({ type }) => told.push(type))
  say(joined(1, 'Ann'))
  expect(told).toEqual(['join Ann', 'playerConnect', 'joinOrLeave'])
})
