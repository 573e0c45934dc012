import { expect, it } from 'vitest'
import { matcher } from './bus.js'

it.each([
  ['bercon.exec.altis.ann', 'bercon.exec.altis.ann', true],
  ['bercon.exec.altis.*', 'bercon.exec.altis.ann', true],
  ['bercon.exec.*.ann', 'bercon.exec.altis.ann', true],
  ['bercon.>', 'bercon.exec.altis.ann', true],
  ['bercon.exec.*', 'bercon.exec.altis.ann', false],
  ['bercon.exec.altis.ann.>', 'bercon.exec.altis.ann', false],
  ['bercon.exec.altis.*.*', 'bercon.exec.altis.ann', false],
  ['bercon.exec.tanoa.*', 'bercon.exec.altis.ann', false],
])('the pattern %s for the subject %s: %s', (pattern, subject, expected) => {
  expect(matcher(pattern)(subject.split('.'))).toBe(expected)
})
