import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'

const source = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a program prints, run to its end. */
async function printed(run: () => Promise<unknown>): Promise<unknown[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  const table = vi.spyOn(console, 'table').mockImplementation(() => {})
  await run()
  return [...log.mock.calls, ...table.mock.calls].flat()
}

it('the chat bot answers each player as often as the limit allows', async () => {
  expect(await printed(() => import('./chat-bot.js'))).toEqual([
    'Ann received: ask !rules',
    'Bob received: be kind',
  ])
})

it('the join notifier reports settled changes', async () => {
  expect((await printed(() => import('./join-notifier.js'))).sort()).toEqual(['+ Ann', '+ Bob'])
})

it('the high ping program kicks who is over the limit on average', async () => {
  expect(await printed(() => import('./high-ping.js'))).toEqual(['Bob was kicked, ping 300'])
})

it('the live table shows the players, more and more of them', async () => {
  const tables = await printed(() => import('./live-table.js'))
  expect(tables).toHaveLength(3)
  expect((tables.at(-1) as unknown[]).length).toBeGreaterThan(12)
})

it('several servers go on beside one that is dead, and a refused password is tried once', async () => {
  expect(await printed(() => import('./several-servers.js'))).toEqual([
    'locked: login-refused',
    'altis: Ann says hello',
  ])
})

it('each has less than forty lines, and the README of the package opens with the smallest', () => {
  const programs = readdirSync(new URL('.', import.meta.url)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const bySize = programs.map(source).sort((a, b) => a.split('\n').length - b.split('\n').length)
  expect(bySize.at(-1)?.trimEnd().split('\n').length).toBeLessThan(40)
  const readme = source('../../../packages/rx/README.md')
  expect(/```js\n(.*?)```/s.exec(readme)?.[1]).toBe(bySize[0])
})
