import { describe, expect, test } from 'vitest'
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
    [`${GUID.toUpperCase()} 0 x`, { kind: 'guid', target: GUID, expiresAt: 0, reason: 'x' }],
    ['192.0.2.7 -1 5 days', { kind: 'ip', target: '192.0.2.7', expiresAt: undefined, reason: '5 days' }],
    ['192.0.2.7\t-1\tspam\r\n', { kind: 'ip', target: '192.0.2.7', expiresAt: undefined, reason: 'spam' }],
  ])('%j is read', (line, ban) => {
    expect(parseBanLine(line)).toEqual(ban)
  })

  test.each([
    '',
    'spam',
    GUID,
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

test('minutes from now are an absolute time', () => {
  expect(expiryAfter(60, Date.UTC(2026, 0, 1))).toBe(Date.UTC(2026, 0, 1, 1))
  expect(() => expiryAfter(0, 0)).toThrow(expect.objectContaining({ argument: 'minutes' }))
})
