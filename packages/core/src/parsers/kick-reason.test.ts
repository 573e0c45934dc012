import { describe, expect, test } from 'vitest'
import { parseServerMessage } from './index.js'
import { parseKickReason } from './kick-reason.js'

const GUID = '0123456789abcdef0123456789abcdef'

describe('the reason of a kick', () => {
  test.each([
    ['Admin Kick', { reasonKind: 'admin_kick' }],
    ['Admin Kick ()', { reasonKind: 'admin_kick', detail: '' }],
    ['Admin Kick (afk)', { reasonKind: 'admin_kick', detail: 'afk' }],
    ['Admin Kick ([adm][date] )', { reasonKind: 'admin_kick', detail: '[adm][date] ' }],
    ['Admin Kick (too long (by Rook))', { reasonKind: 'admin_kick', detail: 'too long (by Rook)' }],
    ['Admin Kick (: ()', { reasonKind: 'admin_kick', detail: ': (' }],
    ['Admin Kick (cut by the ser', { reasonKind: 'admin_kick', detail: 'cut by the ser' }],
    ['Admin Kicks', { reasonKind: 'other' }],
    ['AdminDecision5', { reasonKind: 'other' }],
    ['X Restriction #5', { reasonKind: 'restriction', filter: 'X', filterIndex: 5, detail: 'X #5' }],
    ['Admin Ban', { reasonKind: 'admin_ban' }],
    ['Admin Ban (spam)', { reasonKind: 'admin_ban', detail: 'spam' }],
    ['Admin Ban #spam', { reasonKind: 'admin_ban', detail: 'spam' }],
    ['Banned', { reasonKind: 'admin_ban' }],
    ['Client not responding', { reasonKind: 'client_not_responding' }],
    ['Query Timeout', { reasonKind: 'query_timeout' }],
    ['Game restart required', { reasonKind: 'game_restart_required' }],
    ['Bad Service Version', { reasonKind: 'bad_service_version' }],
    ['Disallowed Program #12', { reasonKind: 'disallowed_program', detail: '#12' }],
    ['Corrupted Memory #0', { reasonKind: 'corrupted_memory', detail: '#0' }],
    ['Corrupted Data #3', { reasonKind: 'corrupted_data', detail: '#3' }],
    ['WinAPI Failure #5', { reasonKind: 'winapi_failure', detail: '#5' }],
    ['Global Ban #00ff10', { reasonKind: 'global_ban', detail: '#00ff10' }],
    ['Global Ban', { reasonKind: 'global_ban' }],
    ['Missing GameID/MasterPort server config settings', { reasonKind: 'invalid_server_config' }],
    ['Invalid GUID', { reasonKind: 'invalid_guid' }],
    ['Ping too high (312)', { reasonKind: 'ping_too_high' }],
    ['Game Hack #25', { reasonKind: 'game_hack' }],
    ['Battleye Hack #12', { reasonKind: 'be_hack' }],
    ['GameHack #38', { reasonKind: 'game_hack', detail: '#38' }],
    ['game hack #38', { reasonKind: 'game_hack', detail: '#38' }],
    ['BattlEye Hack #14', { reasonKind: 'battleye_hack', detail: '#14' }],
    ['BATTLEYE HACK #14', { reasonKind: 'battleye_hack', detail: '#14' }],
    ['Gamehacking', { reasonKind: 'other' }],
    ['Bad Player Name', { reasonKind: 'bad_player_name' }],
    ['Failed to update', { reasonKind: 'failed_to_update' }],
    ['Bad Packet', { reasonKind: 'bad_packet' }],
    ['Unknown Game Version', { reasonKind: 'unknown_game_version' }],
    [
      'Waypoint Condition Restriction #7',
      {
        reasonKind: 'restriction',
        detail: 'Waypoint Condition #7',
        filter: 'Waypoint Condition',
        filterIndex: 7,
      },
    ],
    [
      'Script Restriction #5',
      { reasonKind: 'restriction', detail: 'Script #5', filter: 'Script', filterIndex: 5 },
    ],
    [
      'PublicVariable Value Restriction #293',
      {
        reasonKind: 'restriction',
        detail: 'PublicVariable Value #293',
        filter: 'PublicVariable Value',
        filterIndex: 293,
      },
    ],
    ['Restriction #5', { reasonKind: 'other' }],
    ['Script Restriction #x', { reasonKind: 'other' }],
    ['Script Restriction #5 ', { reasonKind: 'other' }],
    ['What BattlEye adds next year', { reasonKind: 'other' }],
    ['', { reasonKind: 'other' }],
  ])('%j is parsed', (reason, expected) => {
    expect(parseKickReason(reason)).toEqual(expected)
  })

  test.each([
    [`Rook (${GUID})`, 'Rook', GUID],
    [`Rook (${GUID.toUpperCase()})`, 'Rook', GUID],
    ['Rook (-)', 'Rook', undefined],
    ['Rook ()', 'Rook', undefined],
    ['Rook', 'Rook', undefined],
    ['Rook (D)', 'Rook (D)', undefined],
    [`Rook (D) (${GUID})`, 'Rook (D)', GUID],
    [` (${GUID})`, '', GUID],
    ['Rook (-) (-)', 'Rook (-)', undefined],
  ])('follows the name and the GUID of %j', (who, name, guid) => {
    const raw = `Player #3 ${who} has been kicked by BattlEye: Query Timeout`
    expect(parseServerMessage(raw)).toEqual({
      type: 'playerKick',
      playerId: 3,
      name,
      guid,
      reason: 'Query Timeout',
      reasonKind: 'query_timeout',
      raw,
    })
  })
})
