import { expect, it } from 'vitest'
import { table } from './table.js'

it('columns are as wide as what is in them', () => {
  const rows = [
    ['Runtime', 'Seconds'],
    ['bun', '1.5'],
    ['chromium', ''],
  ]
  expect(table(rows).split('\n')).toEqual([
    '| Runtime  | Seconds |',
    '| -------- | ------- |',
    '| bun      | 1.5     |',
    '| chromium |         |',
  ])
})
