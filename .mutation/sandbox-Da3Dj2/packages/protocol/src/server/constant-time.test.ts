// @ts-nocheck
import { expect, it } from 'vitest'
import { encodeText } from '../text/text.js'
import { isSecret } from './constant-time.js'

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

it.each(pairs)('isSecret of %j for %j is %s', (given, secret, same) => {
  expect(isSecret(encodeText(given), encodeText(secret))).toBe(same)
})
