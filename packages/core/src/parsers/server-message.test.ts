import { describe, expect, test } from 'vitest'
import { parseServerMessage } from './index.js'

const GUID = '0123456789abcdef0123456789abcdef'

describe('a server message', () => {
  test.each([
    [
      'Player #3 Rook (192.0.2.7:2304) connected',
      { type: 'playerConnect', playerId: 3, name: 'Rook', ip: '192.0.2.7', port: 2304 },
    ],
    [
      'Player #3 Rook (2001:db8::7:2304) connected',
      { type: 'playerConnect', playerId: 3, name: 'Rook', ip: '2001:db8::7', port: 2304 },
    ],
    [
      'Player #3 Rook ([2001:db8::7]:2304) connected',
      { type: 'playerConnect', playerId: 3, name: 'Rook', ip: '2001:db8::7', port: 2304 },
    ],
    [
      `Player #1720 Rook - GUID: ${GUID} (unverified)`,
      { type: 'playerGuid', playerId: 1720, name: 'Rook', guid: GUID, label: 'GUID', verified: false },
    ],
    [
      `Player #3 Rook - GUID: ${GUID}`,
      { type: 'playerGuid', playerId: 3, name: 'Rook', guid: GUID, label: 'GUID', verified: undefined },
    ],
    [
      `Player #3 Rook - BE GUID: ${GUID.toUpperCase()}`,
      { type: 'playerGuid', playerId: 3, name: 'Rook', guid: GUID, label: 'BE GUID', verified: undefined },
    ],
    [
      `Player #3 Rook - Legacy GUID: ${GUID}`,
      {
        type: 'playerGuid',
        playerId: 3,
        name: 'Rook',
        guid: GUID,
        label: 'Legacy GUID',
        verified: undefined,
      },
    ],
    [
      `Verified GUID (${GUID}) of player #3 Rook`,
      { type: 'playerVerifyGuid', playerId: 3, name: 'Rook', guid: GUID },
    ],
    [
      `Verified GUID (${GUID}) for player #3 Rook`,
      { type: 'playerVerifyGuid', playerId: 3, name: 'Rook', guid: GUID },
    ],
    [
      'Verified GUID () of player #29 hc01',
      { type: 'playerVerifyGuid', playerId: 29, name: 'hc01', guid: undefined },
    ],
    [
      `Player #29 hc01 - Owner GUID: ${GUID}`,
      { type: 'playerGuid', playerId: 29, name: 'hc01', guid: GUID, label: 'Owner GUID' },
    ],
    ['Player #3 Rook disconnected', { type: 'playerDisconnect', playerId: 3, name: 'Rook' }],
    [
      'Player #3 Rook is losing connection',
      { type: 'serverWarning', event: 'losing_connection', playerId: 3, name: 'Rook' },
    ],
    [
      'RCon admin #4 (192.0.2.7:50960) logged in',
      { type: 'adminLogin', adminId: 4, ip: '192.0.2.7', port: 50960 },
    ],
    [
      'RCon admin #4: (Global) restart: soon',
      { type: 'adminMessage', adminId: 4, target: 'global', to: undefined, message: 'restart: soon' },
    ],
    [
      'RCon admin #4: (To Rook) ',
      { type: 'adminMessage', adminId: 4, target: 'player', to: 'Rook', message: '' },
    ],
    [
      'RCon admin #4: (Global) RCon admin #5 (192.0.2.7:5) logged in',
      {
        type: 'adminMessage',
        adminId: 4,
        target: 'global',
        to: undefined,
        message: 'RCon admin #5 (192.0.2.7:5) logged in',
      },
    ],
    ['(Side) Rook: hi', { type: 'playerMessage', channel: 'Side', name: 'Rook', message: 'hi' }],
    ['(Radio 7) Rook : ', { type: 'playerMessage', channel: 'Radio 7', name: 'Rook ', message: '' }],
    [
      '(Global) (Side) Rook: hi',
      { type: 'playerMessage', channel: 'Global', name: '(Side) Rook', message: 'hi' },
    ],
    ['(Global) : hi', { type: 'playerMessage', channel: 'Global', name: '', message: 'hi' }],
    ['Connected to BE Master', { type: 'beMaster', event: 'connected' }],
    ['Disconnected from BE Master', { type: 'beMaster', event: 'disconnected' }],
    ['Could not connect to BE Master', { type: 'beMaster', event: 'connect_failed' }],
    ['Failed to receive from BE Master (11)', { type: 'beMaster', event: 'receive_failed', code: 11 }],
    ['Failed to receive from BE Master (-1)', { type: 'beMaster', event: 'receive_failed', code: -1 }],
    ['Failed to receive from BE Master (what)', { type: 'beMaster', event: 'receive_failed' }],
    ['Failed to send to BE Master', { type: 'beMaster', event: 'send_failed' }],
    ['Failed to send to BE Master (10)', { type: 'beMaster', event: 'send_failed', code: 10 }],
    ['Failed to start connecting to BE Master', { type: 'beMaster', event: 'connect_failed' }],
    ['Failed to resolve BE Master DNS name(s)', { type: 'beMaster', event: 'resolve_failed' }],
    ['Ban check timed out, no response from BE Master', { type: 'beMaster', event: 'ban_check_timeout' }],
    ['Master query timed out, no response from BE Master', { type: 'beMaster', event: 'query_timeout' }],
    [
      'Config entry: RConPort 2306',
      { type: 'serverWarning', event: 'config_entry', detail: 'RConPort 2306' },
    ],
    [
      'Config entry: RConPassword ***',
      { type: 'serverWarning', event: 'config_entry', detail: 'RConPassword ***' },
    ],
    ['Update attempt failed', { type: 'serverWarning', event: 'update_failed' }],
    ['Update successfully completed', { type: 'serverWarning', event: 'update_done' }],
    [
      `Waypoint Statement Log: #3 Rook (${GUID}) - #5 x`,
      {
        type: 'filterLog',
        filter: 'Waypoint Statement',
        playerId: 3,
        name: 'Rook',
        guid: GUID,
        filterIndex: 5,
        text: 'x',
      },
    ],
    ['Unknown command', { type: 'serverWarning', event: 'unknown_command' }],
    ['Failed to open bans.txt', { type: 'serverWarning', event: 'failed_to_open', detail: 'bans.txt' }],
    [
      'Incompatible filter file setpos.txt',
      { type: 'serverWarning', event: 'incompatible_filter', detail: ' setpos.txt' },
    ],
    [
      'Warning: Disabled kicking for SetPos scans.',
      { type: 'serverWarning', event: 'disabled_kicking', detail: 'SetPos scans.' },
    ],
    ['Player is unable to receive the message', { type: 'serverWarning', event: 'say_undeliverable' }],
    [
      `Script Log: #3 Rook (${GUID}) - #0 "a"\n};\n b`,
      {
        type: 'filterLog',
        filter: 'Script',
        playerId: 3,
        name: 'Rook',
        guid: GUID,
        filterIndex: 0,
        text: '"a"\n};\n b',
      },
    ],
    [
      'SetVariable Value Log: #3 Rook - #1 (-) - #52 x',
      {
        type: 'filterLog',
        filter: 'SetVariable Value',
        playerId: 3,
        name: 'Rook - #1',
        guid: undefined,
        filterIndex: 52,
        text: 'x',
      },
    ],
    [
      `Future Thing Log: #3 Rook (${GUID}) - #7`,
      {
        type: 'filterLog',
        filter: 'Future Thing',
        playerId: 3,
        name: 'Rook',
        guid: GUID,
        filterIndex: 7,
        text: '',
      },
    ],
  ])('%j is parsed', (raw, fields) => {
    expect(parseServerMessage(raw)).toEqual({ ...fields, raw })
  })

  test.each([
    '',
    ' ',
    '\r\n',
    'Player',
    'Player #',
    'Player #3',
    'Player #3 ',
    'Player #3 Rook',
    'Player #3 disconnected',
    'Player #-3 Rook disconnected',
    'Player #x Rook disconnected',
    'Player #2147483648 Rook disconnected',
    'Player #9007199254740993 Rook disconnected',
    `Player #${'9'.repeat(400)} Rook disconnected`,
    'player #3 Rook disconnected',
    ' Player #3 Rook disconnected',
    'Player #3 Rook (192.0.2.7) connected',
    'Player #3 Rook (192.0.2.7:65536) connected',
    'Player #3 Rook (192.0.2.256:2304) connected',
    'Player #3 Rook (:2304) connected',
    'Player #3 (192.0.2.7:2304) connected',
    `Player #3 Rook - New GUID: ${GUID}`,
    `Player #3 Rook - BE GUID: ${GUID.slice(1)}`,
    `Verified GUID (${GUID}) of player #`,
    `Verified GUID (${GUID}) of player #3`,
    `Verified GUID (${GUID.slice(1)}) of player #3 Rook`,
    'Verified GUID (-) of player #3 Rook',
    'Verified GUID ()of player #3 Rook',
    'Update attempt failed again',
    'Failed to send to BE Master ',
    'RCon admin #0',
    'RCon admin #x: (Global) hi',
    'RCon admin #0: hi',
    'RCon admin #0: (To Rook',
    'RCon admin #0 (192.0.2.7:5) logged out',
    'RCon admin #0 192.0.2.7:5 logged in',
    'RCon Admin #0: (Global) hi',
    'RCon admin #0 x192.0.2.7:5) logged in',
    'RCon admin #0 (192.0.2.7:5) signed in',
    'RCon admin #0 (x192.0.2.7]:5) logged in',
    'RCon admin #0 ([192.0.2.7x:5) logged in',
    'RCon admin #0: (At Rook) hi',
    'Player # Rook disconnected',
    'Player #3Rook disconnected',
    'Player #00000000000000003 Rook disconnected',
    `Verified GUlD (${GUID}) of player #3 Rook`,
    `Verified GUID (${'g'.repeat(32)}) of player #3 Rook`,
    'Failed to receive from BE Master (10',
    `Script Log: #3Rook (${GUID}) - #0 x`,
    `${'a'.repeat(49)} Log: #3 Rook (${GUID}) - #0 x`,
    'Connected to BE Master ',
    'Script Log: #3 Rook',
    'Script Log: #x Rook (-) - #0 x',
    'Script Log: #3 Rook (-) - #x x',
    'Script Log: #3 Rook (-) - #0x',
    '<b>Script</b> Log: #3 Rook (-) - #0 x',
    'Disallowed command',
    'Logged In! Client ID: #1',
  ])('%j is unknown and kept unchanged', (raw) => {
    expect(parseServerMessage(raw)).toEqual({ type: 'unknownMessage', raw })
  })

  test('has numbers with leading zeros, up to sixteen digits', () => {
    const raw = 'Player #0000000000000003 Rook disconnected'
    expect(parseServerMessage(raw)).toMatchObject({ type: 'playerDisconnect', playerId: 3 })
  })

  test('has a filter of one letter, or of 48', () => {
    for (const filter of ['X', 'a'.repeat(48)])
      expect(parseServerMessage(`${filter} Log: #3 Rook (${GUID}) - #0 x`)).toMatchObject({ filter })
  })

  test('has a name that looks like the end of a name, without the number of a filter', () => {
    expect(parseServerMessage(`Script Log: #3 A (${GUID}) - #x (${GUID}) - #52 t`)).toMatchObject({
      name: `A (${GUID}) - #x`,
      filterIndex: 52,
    })
  })

  test('has a player who is called undefined', () => {
    const kicked = ' has been kicked by BattlEye: '
    const raw = `Player #3 undefined${kicked}a (${GUID})${kicked}b`
    expect(parseServerMessage(raw)).toMatchObject({ name: `undefined${kicked}a`, guid: GUID, reason: 'b' })
  })

  test('has no code if the text in brackets is no number', () => {
    const message = parseServerMessage('Failed to receive from BE Master (x)')
    expect(message).toMatchObject({ type: 'beMaster', event: 'receive_failed' })
    expect(message).not.toHaveProperty('code')
  })

  test.each(['(Global) Rook:', '(Global) Rook:hi', '(Global) ', '(Global) Rook'])(
    '%j that begins as chat and does not go on as chat keeps its channel',
    (raw) => {
      expect(parseServerMessage(raw)).toEqual({ type: 'unknownMessage', channel: 'Global', raw })
    },
  )

  test.each(['()', '() Rook: hi', '(Global)', '((x) Rook: hi', '(a)b) Rook: hi', '(Global'])(
    '%j that has no channel is kept whole',
    (raw) => {
      expect(parseServerMessage(raw)).toEqual({ type: 'unknownMessage', raw })
    },
  )

  test.each(['\r\n', '\n', '\0', '\n\0', '\r\n\r\n'])('may end in %j', (end) => {
    const raw = `Player #3 Rook disconnected${end}`
    expect(parseServerMessage(raw)).toEqual({ type: 'playerDisconnect', playerId: 3, name: 'Rook', raw })
  })

  test('may begin with a byte order mark', () => {
    expect(parseServerMessage('\uFEFFConnected to BE Master')).toMatchObject({ event: 'connected' })
  })
})

test.each(['Config entry: RConPassword hunter2', ' Config entry: RConPassword hunter2\0'])(
  'the password in %j appears nowhere in the result',
  (line) => {
    const message = parseServerMessage(line)
    expect(JSON.stringify(message)).not.toContain('hunter2')
    expect(message.raw).toBe(`${line.slice(0, line.indexOf(' hunter2'))} ***`)
  },
)
