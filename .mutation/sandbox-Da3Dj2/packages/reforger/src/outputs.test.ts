// @ts-nocheck
import { describe, expect, test } from 'vitest'
import { parseActionOutput } from './action-output.js'
import { parseBanListOutput } from './ban-list-output.js'
import { parsePlayersOutput } from './players-output.js'
import { parseReforgerMessage } from './reforger-message.js'

const HEADER = 'Players on server: [Player#] ; [Player UID] ; [Player Name]'
const UUID = 'b6955d91-4749-4cdb-9a51-e69f630ec435'

describe('the list of players', () => {
  test.each(['', 'unknown command', 'Players on server:', `${HEADER}x`, `${HEADER}${HEADER}`])(
    'is not what %j is',
    (text) => {
      expect(parsePlayersOutput(text)).toBeUndefined()
    },
  )

  test('may have its columns on a second line', () => {
    const text = `Players on server:\n[Player#] ; [Player UID] ; [Player Name]\n1 ; ${UUID} ; Ann`
    expect(parsePlayersOutput(text)?.players).toEqual([{ id: 1, uid: UUID, name: 'Ann' }])
  })

  test('with a number twice was mixed from two: the second row is not a player', () => {
    const row = `1 ; ${UUID} ; Bob`
    expect(parsePlayersOutput(`${HEADER}\n1 ; ${UUID} ; Ann\n${row}`)).toMatchObject({
      players: [{ id: 1, name: 'Ann' }],
      badRows: [row],
    })
  })

  test('may have an exactly repeated row, and a rule below its columns', () => {
    const row = `1 ; ${UUID} ; Ann`
    expect(parsePlayersOutput(`${HEADER}\n--------\n${row}\n${row}`)).toEqual({
      players: [{ id: 1, uid: UUID, name: 'Ann' }],
      badRows: [],
    })
    expect(parsePlayersOutput(`${HEADER}\n${row}\n--------`)?.badRows).toEqual(['--------'])
  })

  test('keeps unreadable rows', () => {
    const { players, badRows } = parsePlayersOutput(`${HEADER}\nx ; y\n7 ; ${UUID} ; `) ?? {}
    expect([players, badRows]).toEqual([[{ id: 7, uid: UUID, name: '' }], ['x ; y']])
  })
})

describe('the list of bans', () => {
  test('is pending while the server only announces it', () => {
    expect(parseBanListOutput('Processing ban list')).toMatchObject({ status: 'pending' })
  })

  test.each(['\n', ''])('may follow the announcement at once (%j)', (between) => {
    const list = `Total bans: 1 | Page: 1/1\n- Identity Id | Banned name\n- ${UUID} | A | B\n`
    expect(parseBanListOutput(`Processing ban list${between}${list}`)).toMatchObject({
      status: 'ok',
      total: 1,
      bans: [{ identityId: UUID, name: 'A | B' }],
      badRows: [],
    })
  })

  test('keeps unreadable rows', () => {
    expect(parseBanListOutput('Total bans: 1 | Page: 1/1\n- x')?.badRows).toEqual(['- x'])
  })

  test('is not recognized in other texts', () => {
    expect(parseBanListOutput('Page not found!')).toBeUndefined()
  })
})

test.each([
  ["Player 'O'Brien' kicked!", { status: 'ok', name: "O'Brien" }],
  ["Player '' banned!\n", { status: 'ok', name: '' }],
  ['Ban removed!', { status: 'ok' }],
  ['Failed to remove the ban.', { status: 'error', error: 'remove_failed' }],
  ['Command is supported only on Dedicated Servers', { status: 'error', error: 'not_dedicated' }],
  ['', undefined],
  ["Player 'Ann' left", undefined],
])('%j is parsed', (text, output) => {
  expect(parseActionOutput(text)).toEqual(output)
})

test.each([
  ['Processing Command: #ban list 2\n', { type: 'reforgerProcessing', command: '#ban list 2' }],
  ['Processing Command: a\nb', { type: 'unknownMessage' }],
  ['Logged In! Client ID: #12\n', { type: 'reforgerLogin', clientId: 12 }],
  ['Logged In! Client ID: #x', { type: 'unknownMessage' }],
  ['Connected to BE Master', { type: 'beMaster' }],
])('the message %j is parsed', (text, message) => {
  expect(parseReforgerMessage(text)).toMatchObject(message)
})
