import { expect, test } from 'vitest'
import { restart } from './main.js'

test('the example for DayZ runs', async () => {
  const said: string[] = []
  await restart((line) => said.push(line))
  expect(said.filter((line) => line.endsWith('was kicked: Admin Kick (Restart)'))).toHaveLength(3)
  expect(said.at(-1)).toBe('The server answered, and goes')
})
