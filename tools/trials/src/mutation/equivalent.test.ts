import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { isSame, readEquivalents } from './equivalent.js'
import { instrument } from './instrument.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const list = readEquivalents()

it('finds every change that is listed as meaning nothing, so that none outlives its source', async () => {
  const paths = [...new Set(list.map(({ file }) => `${ROOT}${file}`))]
  const { mutants } = await instrument(ROOT, paths)
  expect(list.filter((one) => !mutants.some((mutant) => isSame(one, mutant)))).toEqual([])
}, 120_000)

it('has a reason for each', () => {
  for (const { why } of list) expect(why).toMatch(/\w+ \w+/)
})

it('names the text that a change replaces, and where it is', async () => {
  const path = `${ROOT}packages/protocol/src/wire/bytes.ts`
  const { mutants, sources } = await instrument(ROOT, [path])
  const every = mutants.find(({ kind }) => kind === 'MethodExpression')
  expect(every).toMatchObject({
    file: 'packages/protocol/src/wire/bytes.ts',
    from: 'a.every((byte, index) => byte === b[index])',
    to: 'a.some((byte, index) => byte === b[index])',
  })
  expect(readFileSync(path, 'utf8').split('\n')[Number(every?.line) - 1]).toContain('a.every(')
  expect(sources[path]).toContain('a.some(')
})
