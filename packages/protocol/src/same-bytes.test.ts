import { describe, expect, it } from 'vitest'
import { isSecret, sameBytes } from './same-bytes.js'
import { encodeText } from './text.js'

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

describe('comparing bytes', () => {
  it.each(pairs)('sameBytes of %j and %j is %s', (a, b, same) => {
    expect(sameBytes(encodeText(a), encodeText(b))).toBe(same)
  })

  it.each(pairs)('isSecret of %j for %j is %s', (given, secret, same) => {
    expect(isSecret(encodeText(given), encodeText(secret))).toBe(same)
  })
})
