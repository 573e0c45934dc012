import { NEVER, of, throwError } from 'rxjs'
import { expect, it } from 'vitest'
import { carryOut, exported, type ImportProgress, planImport } from './bans-import.js'
import type { BanRow, Moderation } from './moderation.js'

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

it('adds the bans with the minutes that are left, and goes on after one that fails', () => {
  const sent: unknown[] = []
  const moderation = {
    ban: (...ban: unknown[]) => {
      sent.push(ban)
      return ban[0] === '192.0.2.7' ? throwError(() => new Error('no')) : of(undefined)
    },
  } as unknown as Moderation
  const progress: ImportProgress[] = []
  return new Promise<void>((resolve) => {
    carryOut(planImport(FILE, [listed], NOW), moderation, NOW).subscribe({
      next: (now) => progress.push(now),
      complete: () => {
        expect(sent).toEqual([
          [guid('b'), undefined, 'first'],
          ['192.0.2.7', 60, 'an hour'],
        ])
        expect(progress.map(({ done }) => done)).toEqual([1, 2])
        expect(progress.at(-1)?.failures).toEqual(['192.0.2.7: no'])
        resolve()
      },
    })
  })
})

it('exports a file that the import finds nothing new in', () => {
  const rows: BanRow[] = [listed, { ...listed, target: '192.0.2.9', minutesLeft: 90, reason: 'a while' }]
  const text = exported(rows, NOW)
  expect(text).toBe(`${guid('a')} -1 here\n192.0.2.9 ${nowS + 90 * 60} a while\n`)
  expect(planImport(text, rows, NOW).adds).toEqual([])
})
