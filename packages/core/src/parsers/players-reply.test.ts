import { describe, expect, test } from 'vitest'
import { parsePlayers } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'
const HEAD = `Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n${'-'.repeat(50)}\n`

function table(...rows: readonly string[]): string {
  return `${HEAD}${rows.map((row) => `${row}\n`).join('')}(${rows.length} players in total)`
}

// As the server prints it: %-3d %-21s %-4d, the GUID's field, and the name.
function row(id: number, address: string, ping: number, guidField: string, shown: string): string {
  return `${String(id).padEnd(3)} ${address.padEnd(21)} ${String(ping).padEnd(4)} ${guidField}${shown}`
}

describe('the list of players', () => {
  test('is incomplete without any line after its columns', () => {
    for (const text of [HEAD, HEAD.trimEnd(), 'Players on server:'])
      expect(parsePlayers(text)).toMatchObject({ players: [], badRows: [], complete: false })
  })

  test('may end in spaces', () => {
    expect(parsePlayers(`${HEAD}(0 players in total)  `)).toMatchObject({ total: 0, complete: true })
  })

  test.each([
    [row(0, '192.0.2.7:2304', 31, `${GUID}(OK) `, 'Rook'), 'Rook', { guidStatus: 'ok', ping: 31 }],
    [row(1, '192.0.2.7:2304', 0, `${GUID}(?)  `, 'Rook'), 'Rook', { guidStatus: 'unverified', ping: 0 }],
    [row(1, '192.0.2.7:2304', -1, `${GUID}(?)  `, ' Rook'), ' Rook', { ping: -1 }],
    [row(1, '192.0.2.7:2304', 5, `${GUID}(?)`, ' Rook'), 'Rook', { guidStatus: 'unverified' }],
    [row(5, '192.0.2.7:2304', -1, '- ', 'Rook (Lobby)'), 'Rook', { guid: undefined, lobby: true }],
    [row(5, '192.0.2.7:2304', 5, '- ', ' Rook'), ' Rook', { guidStatus: undefined, lobby: false }],
    [row(5, '192.0.2.7:2304', 5, `${GUID} `, 'Rook'), 'Rook', { guid: GUID, guidStatus: undefined }],
    [row(5, '192.0.2.7:2304', 5, `${GUID.toUpperCase()}(OK) `, 'Rook'), 'Rook', { guid: GUID }],
    [row(1717, '255.255.255.255:65535', 99999, `${GUID}(OK) `, 'Rook'), 'Rook', { id: 1717, port: 65535 }],
    [row(0, '[2001:db8::7]:2304', 5, `${GUID}(OK) `, 'Rook'), 'Rook', { ip: '2001:db8::7' }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, ''), '', { lobby: false }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK)`, ''), '', { lobby: false }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, ' (Lobby)'), '', { lobby: true }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, 'Rook  (Lobby)'), 'Rook ', { lobby: true }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, '(Lobby)'), '(Lobby)', { lobby: false }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, 'X (Lobby) (Lobby)'), 'X (Lobby)', { lobby: true }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, 'X (Lobby) '), 'X (Lobby) ', { lobby: false }],
    [row(0, '192.0.2.7:2304', 5, `${GUID}(OK) `, 'a\u2028b\u0085c'), 'a\u2028b\u0085c', {}],
  ])('has a row for %j', (line, name, fields) => {
    const reply = parsePlayers(table(line))
    expect(reply).toMatchObject({ players: [{ name, ...fields }], badRows: [], total: 1, totalMatches: true })
  })

  test('keeps the server’s order, and rows that repeat a slot', () => {
    const rows = [3, 1, 1].map((id) => row(id, '192.0.2.7:2304', 5, '- ', 'Rook'))
    expect(parsePlayers(table(...rows))?.players.map(({ id }) => id)).toEqual([3, 1, 1])
  })

  test.each([
    'nul',
    `x 192.0.2.7:2304 5 ${GUID}(OK) Rook`,
    '1 192.0.2.7:2304',
    '1 192.0.2.7 5 - Rook',
    '1 192.0.2.7:2304 fast - Rook',
    `1 192.0.2.7:2304 5 ${GUID.slice(1)}(OK) Rook`,
    `1 192.0.2.7:2304 5 ${GUID}(NO) Rook`,
    '99999999999 192.0.2.7:2304 5 - Rook',
    '   ',
  ])('keeps %j as a bad row, and the others', (bad) => {
    const good = row(0, '192.0.2.7:2304', 5, '- ', 'Rook')
    const reply = parsePlayers(table(good, bad, good))
    expect(reply).toMatchObject({ badRows: [bad], total: 3, totalMatches: false })
    expect(reply?.players.length).toBe(2)
  })

  test.each([
    ['\r\n', table(row(0, '192.0.2.7:2304', 5, '- ', 'Rook ')).replaceAll('\n', '\r\n')],
    ['a line end behind it', `${table(row(0, '192.0.2.7:2304', 5, '- ', 'Rook '))}\n\0`],
    ['an empty line before it', `\n  ${table(row(0, '192.0.2.7:2304', 5, '- ', 'Rook '))}`],
    [
      'no line of columns',
      `Players on server:\n${row(0, '192.0.2.7:2304', 5, '- ', 'Rook ')}\n(1 players in total)`,
    ],
  ])('accepts %s', (_what, text) => {
    expect(parsePlayers(text)).toMatchObject({ players: [{ name: 'Rook ' }], badRows: [], complete: true })
  })

  test('ends with its total, which a name can imitate', () => {
    const reply = parsePlayers(table(row(0, '192.0.2.7:2304', 5, '- ', '(9 players in total)')))
    expect(reply).toMatchObject({ players: [{ name: '(9 players in total)' }], total: 1 })
  })

  test('reports that its total differs from its rows', () => {
    expect(parsePlayers(`${HEAD}(14 players in total)`)).toMatchObject({ total: 14, totalMatches: false })
  })

  test('reports that it was truncated', () => {
    const cut = table(row(0, '192.0.2.7:2304', 5, '- ', 'Rook'), '1   192.0.2.7:2305').slice(
      0,
      -'\n(2 players in total)'.length,
    )
    expect(parsePlayers(cut)).toEqual({
      type: 'players',
      players: [expect.objectContaining({ name: 'Rook' })],
      badRows: ['1   192.0.2.7:2305'],
      total: undefined,
      totalMatches: undefined,
      complete: false,
    })
  })

  test('is empty on an empty server', () => {
    expect(parsePlayers(table())).toMatchObject({ players: [], total: 0, totalMatches: true, complete: true })
  })

  test.each([
    '',
    '\n',
    'Unknown command',
    'GUID Bans:\n',
    'x Players on server:\n',
    'Players on server: 3',
    'Players on server: [Player#] ; [Player UID] ; [Player Name]\n',
  ])('rejects %j', (text) => {
    expect(parsePlayers(text)).toBeUndefined()
  })
})
