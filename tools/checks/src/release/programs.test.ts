import { expect, it } from 'vitest'
import { commonJs, promisedLines } from './programs.js'

it('converts a JavaScript module to one that requires', () => {
  const code = `import { a, b as c } from 'x'
import * as y from 'y'
import d from 'z'
import 'w'

await a(c, y, d)
`
  expect(commonJs(code, 'js')).toBe(`const { a, b: c } = require('x')
const y = require('y')
const { default: d } = require('z')
require('w')
void (async () => {
await a(c, y, d)
})()
`)
})

it('keeps the imports of a TypeScript module, which the compiler turns into requires', () => {
  expect(commonJs("import { a, type B } from 'x'\nconst b: B = await a()", 'ts')).toBe(
    "import { a, type B } from 'x'\nvoid (async () => {\nconst b: B = await a()\n})()\n",
  )
})

it('reports code that cannot be parsed', () => {
  expect(() => commonJs('const = 1', 'js')).toThrow('Unexpected token')
})

it('a snippet promises the comments after its logs, and nothing else', () => {
  const code = `connect() // logs in
console.log('// no comment') // no comment
  console.log(1, 2) // 1 2
const a: number = 3 // three`
  expect(promisedLines(code)).toEqual(['no comment', '1 2'])
})
