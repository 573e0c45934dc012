import { readFileSync } from 'node:fs'
import { startSimulator } from '@bercon/simulator'
import { expect, it } from 'vitest'
import { printed } from './script.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const IMPORT = "import { SyncRconClient } from '@bercon/sync'\n"

it('the snippets of the README run', async () => {
  const simulator = await startSimulator({ password: 'hunter2', bots: false })
  for (const name of ['Ann', 'Bob']) simulator.world.join({ name })
  const snippets = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, snippet = '']) => snippet)
  const outputs = []
  for (const snippet of snippets) {
    expect(snippet).toContain(IMPORT)
    outputs.push(await printed(snippet.replace(IMPORT, '').replace('2306', 'port'), simulator.port))
  }
  await simulator.close()
  expect(outputs).toEqual([['0 Ann 31', '1 Bob 31'], ['leave Ann']])
})
