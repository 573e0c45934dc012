import { expect, it } from 'vitest'
import { chooseRuntimes, type Runtime } from './runtime.js'

const ALL: readonly Runtime[] = ['node20', 'bun', 'deno'].map((name) => ({
  name,
  find: async () => ({ version: '1', command: [name] }),
  jobs: [],
}))

it.each([
  [[], ['node20', 'bun', 'deno']],
  [
    ['deno', 'bun'],
    ['bun', 'deno'],
  ],
])('the names %j choose %j', (names, chosen) => {
  expect(chooseRuntimes(ALL, names).map(({ name }) => name)).toEqual(chosen)
})

it('refuses an unknown name, and lists the known ones', () => {
  expect(() => chooseRuntimes(ALL, ['bun', 'bnu'])).toThrow('bnu is none of the runtimes: node20, bun, deno')
})
