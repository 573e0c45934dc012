import { NEVER } from 'rxjs'
import { expect, it } from 'vitest'
import { exported, planImport } from './bans-import.js'
import type { BanRow } from './moderation.js'

const NOW = 1_795_000_000_000
const HOUR_S = 3_600
const nowS = NOW / 1_000
const guid = (digit: string) => digit.repeat(32)
const listed: BanRow = {
  target: guid('a'),
  name: undefined,
  reason: 'here',
  minutesLeft: null,
  lift: () => NEVER,
}

const FILE = [
  `${guid('A')} -1 banned already`,
  `${guid('b')} -1 first`,
  `${guid('b')} ${nowS + HOUR_S} second line about one target`,
  `192.0.2.7 ${nowS + HOUR_S} an hour`,
  `${guid('c')} ${nowS - HOUR_S} over`,
  'not a ban',
].join('\r\n')

it('plans what is missing, once for each target', () => {
  const plan = planImport(FILE, [listed], NOW)
  expect(plan.adds.map(({ target, reason }) => `${target} ${reason}`)).toEqual([
    `${guid('b')} first`,
    '192.0.2.7 an hour',
  ])
  expect(plan.expired).toBe(1)
  expect(plan.bad).toEqual(['not a ban'])
})

it('exports a file that the import finds nothing new in', () => {
  const rows: BanRow[] = [listed, { ...listed, target: '192.0.2.9', minutesLeft: 90, reason: 'a while' }]
  const text = exported(rows, NOW)
  expect(text).toBe(`${guid('a')} -1 here\n192.0.2.9 ${nowS + 90 * 60} a while\n`)
  expect(planImport(text, rows, NOW).adds).toEqual([])
})
