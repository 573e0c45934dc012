import { expect, it } from 'vitest'
import { RconClientCache } from '../cache/rcon-client-cache.js'
import type { DisconnectReason } from '../connection/connection-event.js'
import { EventDispatcher } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { PlayerRow, PlayersReply } from '../parsers/players-reply.js'
import { settled } from '../testing/index.js'
import { EventReader } from './event-reader.js'
import type { RconEvents } from './rcon-event.js'

function newReader(cache = new RconClientCache()) {
  const dispatch = new EventDispatcher<RconEvents<'promise'>>()
  const onMessage = (text: string, { at, number }: { readonly at: number; readonly number: number }) =>
    reader.readMessage(text, at, number)
  const reader = new EventReader<'promise'>(
    { cache, dispatch, onMessage },
    (data) => data as unknown as Player<'promise'>,
  )
  return { cache, dispatch, reader }
}

it('a cache that throws, or whose listener throws, stops no message', () => {
  const { cache, dispatch, reader } = newReader()
  cache.onChange(() => {
    throw new Error('a listener of the cache')
  })
  const emitted: string[] = []
  dispatch.on('error', ({ error, during }) => emitted.push(`${during}: ${(error as Error).message}`))
  dispatch.on('playerConnect', ({ name }) => emitted.push(name))
  reader.read({
    type: 'message',
    at: 0,
    text: 'Player #3 Rook (192.0.2.7:2304) connected',
    sequence: 0,
    number: 0,
  })
  expect(emitted).toEqual(['cache: a listener of the cache', 'Rook'])
})

it.each([
  ['throws', () => expect.fail('broken')],
  ['rejects', () => Promise.reject(new Error('broken'))],
])('an override of onMessage that %s is an error event', async (_, onMessage) => {
  const { cache, dispatch } = newReader()
  const errors: string[] = []
  dispatch.on('error', ({ error, during }) => errors.push(`${during}: ${(error as Error).message}`))
  const reader = new EventReader<'promise'>({ cache, dispatch, onMessage }, (data) => data as never)
  reader.read({ type: 'message', at: 0, text: 'hello', sequence: 0, number: 0 })
  await settled()
  expect(errors).toEqual(['onMessage: broken'])
})

it('invented slots do not fill the memory', () => {
  const { cache, reader } = newReader()
  for (let slot = 0; slot < 10_000; slot++)
    reader.readMessage(`Player #${slot} Rook (192.0.2.7:2304) connected`, 0, slot)
  expect(cache.players.size).toBe(4_096)
  expect(cache.players.has(9_999)).toBe(true)
})

it('a cache that throws even when read stops no message, and the line provides the player', () => {
  const dispatch = new EventDispatcher<RconEvents<'promise'>>()
  const broken = {
    get players(): never {
      throw new Error('cache broke')
    },
    adminId: undefined,
    clear: () => {},
    beginLogin: () => {},
    receiveMessage: () => {
      throw new Error('cache broke')
    },
    receivePlayers: () => {},
    onChange: () => () => {},
  }
  const reader = new EventReader<'promise'>(
    { cache: broken, dispatch, onMessage: () => {} },
    (data) => data as unknown as Player<'promise'>,
  )
  const emitted: string[] = []
  const errors: unknown[] = []
  dispatch.on('error', ({ during }) => errors.push(during))
  dispatch.on('playerDisconnect', ({ player, kicked }) =>
    emitted.push(`${player.id} ${player.name} ${kicked}`),
  )
  dispatch.on('joinOrLeave', ({ kind }) => emitted.push(kind))
  reader.readMessage('Player #3 Rook disconnected', 0, 0)
  expect(emitted).toEqual(['3 Rook false'])
  expect(new Set(errors)).toEqual(new Set(['cache']))
})

it('an event has a player only if its type says so', () => {
  const { dispatch, reader } = newReader()
  const emitted: string[] = []
  dispatch.on('filterLog', (event) => emitted.push(`${event.type} ${'player' in event}`))
  dispatch.on('playerConnect', (event) => emitted.push(`${event.type} ${'player' in event}`))
  reader.readMessage('Player #3 Rook (192.0.2.7:2304) connected', 0, 0)
  reader.readMessage('Scripts Log: #0 Rook (0123456789abcdef0123456789abcdef) - #0 "hint"', 0, 1)
  expect(emitted).toEqual(['playerConnect true', 'filterLog false'])
})

it('the name of the next player in a slot forges no kick with a GUID if the previous leave was lost', () => {
  const { cache, dispatch, reader } = newReader()
  const kicks: RconEvents<'promise'>['playerKick'][] = []
  dispatch.on('playerKick', (event) => kicks.push(event))
  const [own, other] = ['a'.repeat(32), 'b'.repeat(32)]
  const forger = `Rook (${other}) has been kicked by BattlEye: Global Ban #9f52bd`
  const lines = [
    'Player #3 Rook (192.0.2.3:2304) connected',
    `Verified GUID (${own}) of player #3 Rook`,
    `Player #3 ${forger} (192.0.2.9:2304) connected`,
  ]
  for (const [number, line] of lines.entries()) reader.readMessage(line, 0, number)
  expect(kicks).toMatchObject([{ name: 'Rook', guid: undefined, ambiguous: true, player: { guid: own } }])
  expect(cache.players.get(3)?.name).toBe('Rook')
})

it('a cache may freeze the messages that it receives', () => {
  class FreezingCache extends RconClientCache {
    override receiveMessage(...line: Parameters<RconClientCache['receiveMessage']>) {
      Object.freeze(line[0])
      return super.receiveMessage(...line)
    }
  }
  const { dispatch } = newReader()
  const reader = new EventReader<'promise'>(
    { cache: new FreezingCache(), dispatch, onMessage: () => {} },
    (data) => data as never,
  )
  const heard: unknown[] = []
  dispatch.on('playerMessage', (event) => heard.push(event))
  dispatch.on('error', ({ error }) => heard.push(error))
  reader.readMessage('(Side) Rook: hi', 7, 3)
  const message = {
    type: 'playerMessage',
    channel: 'Side',
    name: 'Rook',
    message: 'hi',
    raw: '(Side) Rook: hi',
  }
  expect(heard).toEqual([{ ...message, at: 7, number: 3, player: undefined }])
})

const list = (name: string) => `Players on server:\n0   192.0.2.7:2304   31   - ${name}\n(1 players in total)`
const answered = (reply: string) =>
  ({ type: 'command', at: 0, text: 'players', reply, sentAfter: -1 }) as const

it('a call for the list of players receives that of its own reply, whichever was read last', () => {
  const { reader } = newReader()
  const named = (reply: string) => reader.listIn(reply)?.players.map(({ name }) => name)
  expect(named(list('Rook'))).toEqual(['Rook'])
  reader.read(answered(list('Rook')))
  expect(named(list('Rook'))).toEqual(['Rook'])
  expect(named(list('Leon'))).toEqual(['Leon'])
  reader.read(answered(list('Leon')))
  expect(named(list('Rook'))).toEqual(['Rook'])
  expect(named('')).toBeUndefined()
})

it('a call receives every row, whatever a cache of the user’s own or a listener does with the list', () => {
  class Forgetful extends RconClientCache {
    override receivePlayers(reply: PlayersReply): void {
      ;(reply.players as PlayerRow[]).length = 0
    }
  }
  const { reader } = newReader(new Forgetful())
  reader.read(answered(list('Rook')))
  expect(reader.listIn(list('Rook'))?.players).toHaveLength(1)
  const torn = list('Rook').replace('31   -', 'torn')
  const plain = newReader()
  plain.dispatch.on('listProblem', ({ rows }) => {
    ;(rows as unknown[]).length = 0
  })
  plain.reader.read(answered(torn))
  expect(plain.reader.listIn(torn)?.badRows).toHaveLength(1)
})

/** A reader whose dispatcher, of the user's own, has no listeners and notes the name of each event. */
function newRecorder() {
  const names: string[] = []
  class Recorder extends EventDispatcher<RconEvents<'promise'>> {
    override emit(name: keyof RconEvents<'promise'>): void {
      names.push(name)
    }
  }
  const parts = { cache: new RconClientCache(), dispatch: new Recorder(), onMessage: () => {} }
  return { names, reader: new EventReader<'promise'>(parts, (data) => data as never) }
}

it.each([
  [
    'a list reaches a dispatcher of the user’s own, though it has no listener',
    answered(list('Rook')),
    'players',
  ],
  ['a reply to the request for a list that is none is no list', answered('nonsense'), undefined],
  [
    'a list in the reply to another command is no list',
    { ...answered(list('Rook')), text: 'mods' },
    undefined,
  ],
])('%s', (_, event, more) => {
  const { names, reader } = newRecorder()
  reader.read(event)
  expect(names).toEqual(['command', ...(more === undefined ? [] : [more])])
})

it('a line with the text of a command is a line', () => {
  const { names, reader } = newRecorder()
  reader.read({ type: 'message', at: 0, text: 'players', sequence: 0, number: 0 })
  expect(names).toEqual(['message'])
})

it('a reply is wanted for the list of players, and for all who listen', () => {
  const { dispatch, reader } = newReader()
  const wanted = () => ['players', 'version'].filter(reader.wantsReply)
  expect(wanted()).toEqual(['players'])
  for (const name of ['command', 'rawEvent'] as const) {
    const off = dispatch.on(name, () => {})
    expect(wanted()).toEqual(['players', 'version'])
    off()
  }
  expect(wanted()).toEqual(['players'])
  expect(newRecorder().reader.wantsReply('version')).toBe(true)
})

const connected = { type: 'connect', at: 60_000, address: '192.0.2.1', attempts: 1, elapsedMs: 0 } as const
const ended = (reason: DisconnectReason) => ({ type: 'disconnect', at: 30_000, reason }) as const

it.each<[reason: DisconnectReason, news: readonly string[]]>([
  // Back at the same server: what was known there is compared with what is found.
  ['forgotten', ['gap', 'connect', 'login', 'leave Rook', 'join Leon']],
  // Perhaps at another server.
  ['closed', ['connect', 'login']],
  ['refused', ['connect', 'login']],
])('a login after a connection was %s', (reason, news) => {
  const { cache, dispatch, reader } = newReader()
  for (const event of [connected, answered(list('Rook')), ended(reason)]) reader.read(event)
  const emitted: string[] = []
  for (const name of ['gap', 'connect', 'login'] as const) dispatch.on(name, ({ type }) => emitted.push(type))
  dispatch.on('joinOrLeave', ({ kind, player }) => emitted.push(`${kind} ${player.name}`))
  reader.read(connected)
  expect(cache.players.size).toBe(reason === 'forgotten' ? 1 : 0)
  reader.read(answered(list('Leon')))
  expect(emitted).toEqual(news)
})

it('asks a connection that sends what is wanted again, when other events have the replies than before', () => {
  const { cache, dispatch } = newReader()
  let asked = 0
  const connection = { wantsChanged: () => asked++ }
  new EventReader<'promise'>({ cache, dispatch, onMessage: () => {} }, (data) => data as never, connection)
  dispatch.on('players', () => {})
  expect(asked).toBe(0)
  dispatch.on('command', () => {})()
  dispatch.on('rawEvent', () => {})
  expect(asked).toBe(3)
})

it('a dispatcher of the user’s own need not report who listens, nor a connection ask', () => {
  const { cache, dispatch } = newReader()
  const plain = { on: dispatch.on.bind(dispatch) } as EventDispatcher<RconEvents<'promise'>>
  const parts = { cache, onMessage: () => {} }
  const connection = { wantsChanged: () => expect.unreachable() }
  new EventReader<'promise'>({ ...parts, dispatch: plain }, (data) => data as never, connection)
  new EventReader<'promise'>({ ...parts, dispatch }, (data) => data as never)
  expect(() => plain.on('command', () => {})).not.toThrow()
})

it('counts the rows that cannot be read, and reports each list with some', () => {
  const { dispatch, reader } = newReader()
  const problems: unknown[] = []
  dispatch.on('listProblem', ({ problem, rows, used }) => problems.push([problem, rows, used]))
  const joining = '1 - - - Leon'
  for (let lists = 0; lists < 2; lists++)
    reader.read(answered(list('Rook').replace('(1 players', `${joining}\n(2 players`)))
  expect(problems).toEqual([
    ['unreadable-row', [joining], true],
    ['unreadable-row', [joining], true],
  ])
  expect(reader.unreadableRows).toBe(2)
})
