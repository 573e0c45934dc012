import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { type Equivalent, readEquivalents } from './equivalent.js'
import { instrument } from './instrument.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const list = readEquivalents()

it('lists only what is in the sources, so that no entry outlives its line', () => {
  const textOf = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8').replaceAll(/\s+/g, ' ')
  const texts = new Map([...new Set(list.map(({ file }) => file))].map((file) => [file, textOf(file)]))
  const isThere = ({ file, from, near = '' }: Equivalent) =>
    texts.get(file)?.includes(from) && texts.get(file)?.includes(near)
  expect(list.filter((one) => !isThere(one))).toEqual([])
})

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
