import { describe, expect, test } from 'vitest'
import { adminsInOrder } from './admins-reply.js'
import { parseAdmins, parseBans, parseCommands, parseMissions, parseVersion } from './index.js'
import { parseErrorReply } from './text-replies.js'

const GUID = '0123456789abcdef0123456789abcdef'
const GUID_HEAD = `GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n${'-'.repeat(40)}\n`
const IP_HEAD = `IP Bans:\n[#] [IP Address] [Minutes left] [Reason]\n${'-'.repeat(46)}`

describe('the list of bans', () => {
  test('continues in its second section', () => {
    const text = `${GUID_HEAD}0  ${GUID} perm tk: 3\n12 ${GUID} 90   \n\n${IP_HEAD}\n115 192.0.2.7       -    x`
    expect(parseBans(text)).toEqual({
      type: 'bans',
      bans: [
        { id: 0, kind: 'guid', target: GUID, expires: 'never', minutesLeft: undefined, reason: 'tk: 3' },
        { id: 12, kind: 'guid', target: GUID, expires: 'minutes', minutesLeft: 90, reason: '' },
        { id: 115, kind: 'ip', target: '192.0.2.7', expires: 'expired', minutesLeft: undefined, reason: 'x' },
      ],
      badRows: [],
    })
  })

  test.each([
    [`0  ${GUID} perm`, { expires: 'never', reason: '' }],
    [`0  ${GUID} perm `, { expires: 'never', reason: '' }],
    [`0  ${GUID} -    gone`, { expires: 'expired', reason: 'gone' }],
    [`0  ${GUID} 0    now`, { expires: 'minutes', minutesLeft: 0, reason: 'now' }],
    [`0  ${GUID} 420567 5[S.W.A.T] x  y `, { minutesLeft: 420567, reason: '5[S.W.A.T] x  y ' }],
    [`0  ${GUID} 7    perm`, { minutesLeft: 7, reason: 'perm' }],
    [`10000 ${GUID.toUpperCase()} perm x`, { id: 10000, target: GUID }],
    ['0  0.0.0.0         perm x', { kind: 'ip', target: '0.0.0.0' }],
    ['0  2001:db8::7     perm x', { kind: 'ip', target: '2001:db8::7' }],
    ['0  2001:DB8::7     perm x', { kind: 'ip', target: '2001:DB8::7' }],
    [`0  ${GUID} perm a\u2028IP Bans:`, { reason: 'a\u2028IP Bans:' }],
  ])('has a row for %j', (line, fields) => {
    expect(parseBans(`${GUID_HEAD}${line}`)).toMatchObject({ bans: [fields], badRows: [] })
  })

  test.each([
    'nul',
    `x ${GUID} perm`,
    `0 ${GUID}`,
    `0 ${GUID.slice(1)} perm x`,
    '0 192.0.2.7:5 perm x',
    `0 ${GUID} permanent x`,
    `0 ${GUID} -5 x`,
    `0 ${GUID} ${'9'.repeat(17)} x`,
    `99999999999 ${GUID} perm`,
  ])('keeps %j as a bad row, and the others', (bad) => {
    const reply = parseBans(
      `${GUID_HEAD}${bad}\n1  ${GUID} perm x\n\n${IP_HEAD}\n${bad}\n2  192.0.2.7       perm y`,
    )
    expect(reply?.badRows).toEqual([bad, bad])
    expect(reply?.bans.map(({ id }) => id)).toEqual([1, 2])
  })

  test.each([
    ['no bans', `${GUID_HEAD}\n${IP_HEAD}`, 0],
    ['one section', `${GUID_HEAD}0  ${GUID} perm x\n`, 1],
    ['the other section', `${IP_HEAD}\n0  192.0.2.7       perm x\n`, 1],
    ['\\r\\n', `${GUID_HEAD}0  ${GUID} perm\n\n${IP_HEAD}\n`.replaceAll('\n', '\r\n'), 1],
    ['no columns', `GUID Bans:\n0 ${GUID} perm x\nIP Bans:\n1 192.0.2.7 perm`, 2],
  ])('accepts %s', (_what, text, count) => {
    const reply = parseBans(text)
    expect([reply?.bans.length, reply?.badRows]).toEqual([count, []])
  })

  test.each(['', '\n', 'Bans:', 'Players on server:\n(0 players in total)'])('rejects %j', (text) => {
    expect(parseBans(text)).toBeUndefined()
  })
})

describe('the list of admins', () => {
  const head = `Connected RCon admins:\n[#] [IP Address]:[Port]\n${'-'.repeat(29)}\n`

  test('has no last line, and may end with a line end', () => {
    const admins = [
      { id: 0, ip: '192.0.2.44', port: 50960 },
      { id: 12, ip: '2001:db8::7', port: 1 },
    ]
    for (const end of ['', '\n', '\r\n']) {
      expect(parseAdmins(`${head}0 192.0.2.44:50960\n12  [2001:db8::7]:1${end}`)).toEqual({
        type: 'admins',
        admins,
        badRows: [],
      })
    }
  })

  test('may have spaces after its title and its dashes', () => {
    const spaced = head.replaceAll('\n', ' \n')
    expect(parseAdmins(`${spaced}0 192.0.2.44:50960`)).toMatchObject({ admins: [{ id: 0 }], badRows: [] })
  })

  test('is returned in the order of the numbers', () => {
    const reply = parseAdmins(`${head}12 192.0.2.44:5\n3 192.0.2.45:5\n7 192.0.2.46:5`)
    expect(reply && adminsInOrder(reply).map(({ id }) => id)).toEqual([3, 7, 12])
    expect(reply?.admins.map(({ id }) => id)).toEqual([12, 3, 7])
  })

  test('has addresses of any length, and none that is longer', () => {
    const longest = '0000:0000:0000:0000:0000:ffff:255.255.255.255'
    expect(parseAdmins(`${head}0 [${longest}]:65535`)?.admins).toMatchObject([{ ip: longest, port: 65_535 }])
    expect(parseAdmins(`${head}0 [${longest}]:000065535`)?.admins).toEqual([])
  })

  test('keeps lines that are not rows', () => {
    expect(parseAdmins(`${head}0 192.0.2.44\n\nnul\n1 192.0.2.44:5 x\nx 192.0.2.44:5`)).toEqual({
      type: 'admins',
      admins: [],
      badRows: ['0 192.0.2.44', 'nul', '1 192.0.2.44:5 x', 'x 192.0.2.44:5'],
    })
  })

  test.each(['', 'Connected RCon admins', GUID_HEAD])('rejects %j', (text) => {
    expect(parseAdmins(text)).toBeUndefined()
  })
})

describe('the list of missions', () => {
  test.each([
    ['ops_1.2 (final).Altis.pbo', 'ops_1.2 (final)', 'Altis'],
    ['ops.Altis', 'ops', 'Altis'],
    ['ops.Altis.PBO', 'ops', 'Altis'],
    ['ops', 'ops', undefined],
    ['ops.pbo', 'ops', undefined],
    [' ops .Altis.pbo', ' ops ', 'Altis'],
  ])('has an entry for the file %j', (file, name, world) => {
    expect(parseMissions(`Missions on server:\n${file}\n`)?.missions).toEqual([{ file, name, world }])
  })

  test('may be empty', () => {
    expect(parseMissions('Missions on server:\n')?.missions).toEqual([])
  })

  test.each(['', 'ops.Altis.pbo'])('rejects %j', (text) => {
    expect(parseMissions(text)).toBeUndefined()
  })
})

describe('the version', () => {
  test.each([
    ['1.217', '1.217'],
    ['BattlEye Server v1.210 (x64)\n', '1.210'],
    ['build 1234.123456', '1234.123456'],
    ['no number', undefined],
    ['1.21', undefined],
    ['.217', undefined],
  ])('of %j is a text', (raw, version) => {
    expect(parseVersion(raw)).toEqual({ type: 'version', version, raw })
  })

  test('cannot come from an empty reply', () => {
    expect(parseVersion('')).toBeUndefined()
  })
})

describe('the list of commands', () => {
  test('is the whole reply', () => {
    expect(parseCommands('List of available commands:\nsay')).toEqual({
      type: 'commands',
      raw: 'List of available commands:\nsay',
    })
  })

  test('cannot come from an empty reply', () => {
    expect(parseCommands('\n')).toBeUndefined()
  })
})

describe('a refusal', () => {
  test.each([
    ['Unknown command', 'unknown_command'],
    ['unknown command\n', 'unknown_command'],
    ['DISALLOWED COMMAND', 'disallowed_command'],
    ['Disallowed command\r\n\0', 'disallowed_command'],
  ])('is recognized in %j', (raw, error) => {
    expect(parseErrorReply(raw)).toEqual({ type: 'error', error, raw })
  })

  test('may be followed by so many line ends, and no more', () => {
    const refusal = 'Unknown command'
    expect(parseErrorReply(refusal.padEnd(64, '\n'))).toMatchObject({ error: 'unknown_command' })
    expect(parseErrorReply(refusal.padEnd(65, '\n'))).toBeUndefined()
  })

  test.each(['', 'Unknown command x', ' Unknown command', 'Unknown  command', 'x'.repeat(1000)])(
    'must be the whole reply, so not: %j',
    (text) => {
      expect(parseErrorReply(text)).toBeUndefined()
    },
  )
})
