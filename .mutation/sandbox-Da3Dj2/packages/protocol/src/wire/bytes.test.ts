// @ts-nocheck
import { expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { sameBytes } from './bytes.js'

const pairs: readonly [a: string, b: string, same: boolean][] = [
  ['', '', true],
  ['hunter2', 'hunter2', true],
  ['hunter2', 'hunter3', false],
  ['gunter2', 'hunter2', false],
  ['hunter', 'hunter2', false],
  ['hunter2', 'hunter', false],
  ['hunter2hunter2', 'hunter2', false],
  ['', 'hunter2', false],
  ['hunter2', '', false],
]

it.each(pairs)('sameBytes of %j and %j is %s', (a, b, same) => {
  expect(sameBytes(encodeText(a), encodeText(b))).toBe(same)
})
