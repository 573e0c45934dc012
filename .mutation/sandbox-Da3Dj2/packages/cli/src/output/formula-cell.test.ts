// @ts-nocheck
import { createRandom } from '@bercon/protocol/link'
import { expect, it } from 'vitest'
import { asItWas, neutralized } from './formula-cell.js'

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ['\uff1dcmd', "'\uff1dcmd"],
  ['\uff0b1', "'\uff0b1"],
  ['\uff0d1', "'\uff0d1"],
  ['\uff20x', "'\uff20x"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u200b\ufeff=1', "'\u200b\ufeff=1"],
  ['"=1', '\'"=1'],
  [',=1', "',=1"],
  [';=1', ";'=1"],
  ['spam;=1', "spam;'=1"],
  ['spam\t =1', "spam\t' =1"],
  ['two\n=1', "two\n'=1"],
  ["'=1", "''=1"],
])('%j is written as %j, and read back unchanged', (cell, written) => {
  expect(neutralized(cell)).toBe(written)
  expect(asItWas(written)).toBe(cell)
})

it.each(['', 'spam', "it's", 'a=b', 'a - b', 'e@x', "'quoted'", '192.0.2.7', 'one, two; three'])(
  '%j is unchanged',
  (cell) => {
    expect(neutralized(cell)).toBe(cell)
    expect(asItWas(cell)).toBe(cell)
  },
)

const BEGINS = /^[\t\r\n]|(?:^|[;\t\r\n])[ ,|"\u00a0\u200b]*[=+\-@\uff1d]/

it('any cell is read back unchanged, and no part of it starts a formula', () => {
  const random = createRandom(7)
  const signs = [...'=\'+-@;,| \t\r\n"a', '\uff1d', '\u00a0', '\u200b']
  for (let round = 0; round < 20_000; round++) {
    const length = Math.floor(random() * 9)
    const cell = Array.from({ length }, () => signs[Math.floor(random() * signs.length)]).join('')
    const written = neutralized(cell)
    if (asItWas(written) !== cell || BEGINS.test(written)) throw new Error(JSON.stringify(cell))
  }
})
