import { expect, test } from 'vitest'
import { administer } from './main.js'

test('the example for Reforger runs', async () => {
  const said: string[] = []
  await administer((line) => said.push(line), { completeAfterMs: 50 })
  expect(said[0]).toBe('The RCON is built-in')
  expect(said.slice(1, 4).map((line) => line[0])).toEqual(['1', '2', '3'])
  expect(said.slice(4)).toEqual([
    expect.stringMatching(/ is banned$/),
    expect.stringMatching(/ is free again$/),
  ])
})
