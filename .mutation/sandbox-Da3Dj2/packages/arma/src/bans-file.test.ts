// @ts-nocheck
import { describe, expect, test } from 'vitest'
import { describeFieldRows, fieldBytes } from '../../../tools/field-rows.js'
import { type BanLine, expiryAfter, formatBanLine, parseBanLine, parseBansFile } from './bans-file.js'

const GUID = 'a861bcfd187960c163d59666e2fd6798'

describe('a line of bans.txt', () => {
  test.each<[string, BanLine]>([
    [`${GUID} -1 spam`, { kind: 'guid', target: GUID, expiresAt: undefined, reason: 'spam' }],
    [`${GUID} -1`, { kind: 'guid', target: GUID, expiresAt: undefined, reason: '' }],
    [`${GUID} -1 `, { kind: 'guid', target: GUID, expiresAt: undefined, reason: '' }],
    [
      `${GUID} 1767229200 a: b  c `,
      { kind: 'guid', target: GUID, expiresAt: 1767229200000, reason: 'a: b  c ' },
    ],
    [GUID, { kind: 'guid', target: GUID, expiresAt: undefined, reason: '' }],
    ['192.0.2.7 \t\r\n', { kind: 'ip', target: '192.0.2.7', expiresAt: undefined, reason: '' }],
    [`${GUID.toUpperCase()} 0 x`, { kind: 'guid', target: GUID, expiresAt: 0, reason: 'x' }],
    ['192.0.2.7 -1 5 days', { kind: 'ip', target: '192.0.2.7', expiresAt: undefined, reason: '5 days' }],
    ['192.0.2.7\t-1\tspam\r\n', { kind: 'ip', target: '192.0.2.7', expiresAt: undefined, reason: 'spam' }],
  ])('%j is read', (line, ban) => {
    expect(parseBanLine(line)).toEqual(ban)
  })

  test.each([
    '',
    'spam',
    `${GUID} - offensive name`,
    `${GUID} perm`,
    `${GUID} -2 x`,
    `${GUID}x -1`,
    '999.1.1.1 -1',
    `${GUID} 12.5 x`,
  ])('%j is none', (line) => {
    expect(parseBanLine(line)).toBeUndefined()
  })

  test('is written as it is read', () => {
    for (const line of [`${GUID} -1 spam`, `${GUID} 1767229200`, '192.0.2.7 -1 привет: a  b'])
      expect(formatBanLine(parseBanLine(line) as BanLine)).toBe(line)
  })

  test('has the time in whole seconds, none of them taken off', () => {
    expect(formatBanLine({ target: '192.0.2.7', expiresAt: 1_001, reason: '' })).toBe('192.0.2.7 2')
  })

  test.each([
    ['target', { target: 'Ann', expiresAt: undefined, reason: '' }],
    ['reason', { target: GUID, expiresAt: undefined, reason: `x\n${GUID} -1` }],
    ['expiresAt', { target: GUID, expiresAt: -1, reason: '' }],
    ['expiresAt', { target: GUID, expiresAt: Number.NaN, reason: '' }],
  ])('is not written with a bad %s', (argument, ban) => {
    expect(() => formatBanLine(ban)).toThrow(expect.objectContaining({ argument }))
  })
})

test('a whole file is read, and no line of it is lost', () => {
  const text = `\uFEFF${GUID} -1 a\r\n\r\n// note\n192.0.2.7 60 b\n`
  const { bans, badLines } = parseBansFile(text)
  expect(bans.map(({ target, expiresAt }) => [target, expiresAt])).toEqual([
    [GUID, undefined],
    ['192.0.2.7', 60_000],
  ])
  expect(badLines).toEqual(['// note'])
})

test('what is no ban, and a time that looks like minutes, is remarked on by the number of its line', () => {
  const text = `##Bans##\n\n${GUID} - offensive name\n${GUID} 1440 24 hours\r\nhello\n${GUID} 99999999\n${GUID} 100000000`
  const { remarks } = parseBansFile(text)
  expect(remarks.map(({ line, kind, problem }) => [line, kind, problem])).toEqual([
    [1, 'bad', 'a comment'],
    [3, 'bad', 'time missing'],
    [4, 'minutes', 'a time of 1440 seconds since 1970 looks like minutes'],
    [5, 'bad', 'neither GUID nor IP address'],
    [6, 'minutes', 'a time of 99999999 seconds since 1970 looks like minutes'],
  ])
  expect(remarks[2]?.text).toBe(`${GUID} 1440 24 hours`)
})

test('a time of 0 does not look like minutes', () => {
  expect(parseBansFile(`${GUID} 0 over\n`)).toMatchObject({ bans: [{ expiresAt: 0 }], remarks: [] })
})

describe('the bytes of a file', () => {
  const line = `${GUID} -1 Déco 👾`
  const utf16 = (order: 'le' | 'be') => {
    const bytes = Buffer.from(`\uFEFF${line}\r\n`, 'utf16le')
    return order === 'le' ? bytes : bytes.swap16()
  }

  test.each([
    ['UTF-8', Buffer.from(`${line}\n`)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${line}\n`)],
    ['UTF-16, the low byte first', utf16('le')],
    ['UTF-16, the high byte first', utf16('be')],
    ['UTF-16 with half a unit at its end', Buffer.concat([utf16('le'), Buffer.of(0)])],
  ])('in %s are read', (_encoding, bytes) => {
    expect(parseBansFile(bytes)).toMatchObject({ bans: [{ target: GUID, reason: 'Déco 👾' }], remarks: [] })
  })

  test('in Windows-1252 are read', () => {
    expect(parseBansFile(Buffer.from(`${GUID} -1 Déco`, 'latin1')).bans[0]?.reason).toBe('Déco')
  })

  test('in the encoding that is named are read', () => {
    const bytes = Buffer.concat([Buffer.from(`${GUID} -1 `), Buffer.of(0xc8, 0xe2, 0xe0, 0xed)])
    expect(parseBansFile(bytes, { encoding: 'windows-1251' }).bans[0]?.reason).toBe('Иван')
  })

  test.each([0, 1])('may be %i', (length) => {
    expect(parseBansFile(new Uint8Array(length).fill(0x20)).bans).toEqual([])
  })
})

// The reason that a server keeps is tried where bans are applied.
describeFieldRows('bans-file', ({ text, expect: right }) => {
  const { bans, badLines, remarks } = parseBansFile(fieldBytes({ text }))
  const said = remarks.map(({ line, problem }) => `line ${line}: ${problem}`)
  const found = { bans, badLines, reason: bans[0]?.reason, warning: said[0], hint: said[0] }
  const asked = Object.keys(found).filter((key) => key in right)
  expect(found).toMatchObject(Object.fromEntries(asked.map((key) => [key, right[key]])))
  expect(bans.length + badLines.length).toBe(text.trim().split('\n').length)
})

test('minutes from now are an absolute time', () => {
  expect(expiryAfter(60, Date.UTC(2026, 0, 1))).toBe(Date.UTC(2026, 0, 1, 1))
  expect(() => expiryAfter(0, 0)).toThrow(expect.objectContaining({ argument: 'minutes' }))
})
