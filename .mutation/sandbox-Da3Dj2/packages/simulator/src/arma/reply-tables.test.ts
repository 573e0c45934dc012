// @ts-nocheck
import { describe, expect, it } from 'vitest'
import type { GameBan } from './ban-list.js'
import type { GamePlayer } from './game-player.js'
import { adminsTable, bansTable, missionsList, playersTable } from './reply-tables.js'

const GUID = 'a861bcfd187960c163d59666e2fd6798'
const PLAYER: GamePlayer = {
  id: 0,
  name: 'Ann',
  guid: GUID,
  guidStatus: 'verified',
  ip: '192.0.2.204',
  port: 59_558,
  ping: 31,
  inLobby: false,
  isBot: false,
}
const PLAYERS_HEAD =
  'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n--------------------------------------------------\n'
const GUID_BANS_HEAD =
  'GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n----------------------------------------\n'
const IP_BANS_HEAD =
  'IP Bans:\n[#] [IP Address] [Minutes left] [Reason]\n----------------------------------------------'

describe('the players table', () => {
  it('has a header and a footer on an empty server', () => {
    expect(playersTable([])).toBe(`${PLAYERS_HEAD}(0 players in total)`)
  })

  it('has columns as wide as in captures', () => {
    const rows = playersTable([
      PLAYER,
      { ...PLAYER, id: 1, ip: '203.0.113.137', port: 2304, ping: 0, guidStatus: 'unverified', name: 'Bob' },
      { ...PLAYER, id: 5, ip: '203.0.113.44', port: 2304, ping: -1, guidStatus: 'unknown', inLobby: true },
      { ...PLAYER, id: 1717, ip: '240.100.100.128', port: 21_519, ping: 10_000, name: '', inLobby: true },
    ])
    expect(rows).toBe(
      `${PLAYERS_HEAD}0   192.0.2.204:59558     31   ${GUID}(OK) Ann\n` +
        `1   203.0.113.137:2304    0    ${GUID}(?)  Bob\n` +
        '5   203.0.113.44:2304     -1   - Ann (Lobby)\n' +
        `1717 240.100.100.128:21519 10000 ${GUID}(OK)  (Lobby)\n` +
        '(4 players in total)',
    )
  })
})

describe('the admins table', () => {
  it('has neither padding nor footer', () => {
    const admin = { id: 12, address: '192.0.2.44', port: 50_960 }
    expect(adminsTable([admin])).toBe(
      'Connected RCon admins:\n[#] [IP Address]:[Port]\n-----------------------------\n12 192.0.2.44:50960\n',
    )
  })
})

describe('the bans table', () => {
  const guidBan: GameBan = { kind: 'guid', target: GUID, expiresAt: undefined, reason: 'griefing' }
  const ipBan: GameBan = { kind: 'ip', target: '192.0.2.14', expiresAt: undefined, reason: 'x' }

  it('ends right after the dashes of an empty IP section', () => {
    expect(bansTable([], [], 0)).toBe(`${GUID_BANS_HEAD}\n${IP_BANS_HEAD}`)
  })

  it('numbers both sections together and pads the time before a reason', () => {
    const table = bansTable(
      [
        guidBan,
        { ...guidBan, expiresAt: 255 * 60_000 },
        { ...guidBan, expiresAt: 0 },
        { ...guidBan, reason: '' },
      ],
      [ipBan, { ...ipBan, target: '240.101.100.204', expiresAt: 420_567 * 60_000 }],
      0,
    )
    expect(table).toBe(
      `${GUID_BANS_HEAD}0  ${GUID} perm griefing\n1  ${GUID} 255  griefing\n2  ${GUID} -    griefing\n3  ${GUID} perm\n\n` +
        `${IP_BANS_HEAD}\n4  192.0.2.14      perm x\n5  240.101.100.204 420567 x\n`,
    )
  })

  it('counts whole minutes down to 0 and then shows that the ban has expired', () => {
    const ban = { ...guidBan, expiresAt: 3_600_000 }
    const timeAt = (now: number) => bansTable([ban], [], now).split('\n')[3]?.split(' ')[3]
    expect([0, 999, 1000, 59_000, 3_540_000, 3_599_999, 3_600_000].map(timeAt)).toEqual([
      '60',
      '60',
      '59',
      '59',
      '1',
      '0',
      '-',
    ])
  })
})

describe('the missions list', () => {
  it('has one file per line', () => {
    expect(missionsList(['A.Sara.pbo', 'B.Altis.pbo'])).toBe('Missions on server:\nA.Sara.pbo\nB.Altis.pbo\n')
    expect(missionsList([])).toBe('Missions on server:\n')
  })
})
