import { expect, it } from 'vitest'
import { promisedLines } from './promised-lines.js'

it('a snippet promises what stands behind its logs, and nothing else', () => {
  const code = `connect() // logs in
console.log('// no comment') // no comment
  console.log(1, 2) // 1 2
const a: number = 3 // three`
  expect(promisedLines(code)).toEqual(['no comment', '1 2'])
})
