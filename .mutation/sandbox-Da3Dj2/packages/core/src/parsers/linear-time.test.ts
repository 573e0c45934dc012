// @ts-nocheck
import { describe, expect, test } from 'vitest'
import { messageWithoutPassword } from '../errors/command-text.js'
import {
  parseAdmins,
  parseBans,
  parseMissions,
  parsePlayers,
  parseServerMessage,
  parseVersion,
} from './index.js'

// A parser that visits each part of a text once needs a fraction of a second for these. One that backtracks at each
// part would need hours, and exceed this file's timeout.
const LENGTH = 2 ** 20

const GUID = '0123456789abcdef0123456789abcdef'
const KICK = ' has been kicked by BattlEye: '

const BEGINNINGS = [
  '',
  '(',
  '(Global) ',
  'Player #1 ',
  'Player #',
  `Player #1 X (${GUID})${KICK}`,
  `Player #1 X${KICK}Admin Kick (`,
  `Verified GUID (${GUID}) of player #1 `,
  'Verified GUID (',
  'RCon admin #1: (To ',
  'RCon admin #1 (',
  'RCon admin #',
  'Script Log: #1 ',
  'Script ',
  'Failed to receive from BE Master (',
]

const FILLINGS = [
  ' ',
  '(',
  ')',
  '9',
  'a',
  'a ',
  ': ',
  ') ',
  ' - GUID: ',
  ` - BE GUID: ${GUID}`,
  ' (192.0.2.7:5) ',
  ' (192.0.2.7:5) connected',
  ' disconnected',
  ` (${GUID})`,
  KICK,
  ` (${GUID})${KICK}`,
  ` (-) - #1 `,
  ' - #',
  ' Log: #',
  ' Restriction #5',
  '\n',
  '\r\n\0x',
  '::',
  '0 192.0.2.7:5 5 - a\n',
]

const ENDINGS = ['', ') connected', ' disconnected', ')', 'x', ' (unverified)', ') logged in']

function filled(beginning: string, filling: string, ending: string): string {
  return beginning + filling.repeat(Math.ceil(LENGTH / filling.length)) + ending
}

describe.each(BEGINNINGS)('a line of a million characters that begins %j', (beginning) => {
  test('is parsed in one pass, whatever it contains', () => {
    for (const [index, filling] of FILLINGS.entries()) {
      const ending = ENDINGS[index % ENDINGS.length] ?? ''
      const raw = filled(beginning, filling, ending)
      const known = index % 2 === 0 ? {} : { players: { 1: 'X' }, names: ['X', filling] }
      expect(parseServerMessage(raw, known).raw).toBe(raw)
    }
  })
})

test('is searched for a password in one pass, whatever it contains', () => {
  const line = 'Config entry: RConPassword'
  const fillings = [
    ...FILLINGS,
    '\r',
    '\t',
    '\uFEFF',
    '\u2028',
    'Config entry:',
    `\n${line}`,
    `\n${line} x`,
    `\r${line}\t`,
  ]
  for (const [index, filling] of fillings.entries()) {
    for (const beginning of ['', 'Config entry:', line]) {
      const text = messageWithoutPassword(filled(beginning, filling, ENDINGS[index % ENDINGS.length] ?? ''))
      expect(text).not.toMatch(/RConPassword x/)
    }
  }
})

describe('a reply of a million characters', () => {
  test.each([
    ['Players on server:\n', parsePlayers],
    ['Connected RCon admins:\n', parseAdmins],
    ['GUID Bans:\n', parseBans],
    ['Missions on server:\n', parseMissions],
    ['9', parseVersion],
  ])('that begins %j is parsed in one pass, whatever it contains', (title, parse) => {
    for (const filling of [...FILLINGS, '1 ', '9.', '-', '\n1 ', '1 192.0.2.7:5 ']) {
      const reply = filled(`${title}1 `, filling, '\n(1 players in total)')
      expect(parse(reply)).toBeDefined()
    }
  })

  test('of 100,000 bans loses none', () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, id) => `${String(id).padEnd(2)} ${GUID} perm reason ${id}\n`,
    )
    const reply = parseBans(`GUID Bans:\n[#] [GUID] [Minutes left] [Reason]\n-----\n${rows.join('')}`)
    expect([reply?.bans.length, reply?.badRows.length]).toEqual([100_000, 0])
    expect(reply?.bans.at(-1)).toMatchObject({ id: 99_999, reason: 'reason 99999' })
  })
})
