// @ts-nocheck
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { beGuid } from './be-guid.js'

test('the GUID of a SteamID64 is the published one', () => {
  expect(beGuid('76561198017965694')).toBe('f8960b9fd7cf711046c1df2ab8d534b2')
  expect(beGuid(76561198017965694n)).toBe('f8960b9fd7cf711046c1df2ab8d534b2')
})

test.each([76561197960265728n, 76561197960265729n, 76561199000000000n, 76561202255233023n])(
  'the GUID of %s is that of an independent MD5',
  (id) => {
    const bytes = Buffer.alloc(10)
    bytes.write('BE')
    bytes.writeBigUInt64LE(id, 2)
    expect(beGuid(id)).toBe(createHash('md5').update(bytes).digest('hex'))
  },
)

test.each([
  '',
  '7656119801796569',
  '765611980179656944',
  ' 76561198017965694',
  '76561197960265727',
  76561202255233024n,
  0n,
  -1n,
])('%o is no SteamID64', (id) => {
  expect(() => beGuid(id)).toThrow(expect.objectContaining({ argument: 'steamId' }))
})

test('a number is refused, because it would already be another id', () => {
  expect(() => beGuid(Number('76561198017965694') as unknown as bigint)).toThrow(
    /a number cannot hold all 17 digits/,
  )
})
