import { expect, it } from 'vitest'
import { chosenBanTime, parseBanEnd, shownBanTime } from './ban-time.js'

const NOW = new Date(2026, 11, 1, 12, 0, 30).getTime()
const here = (...moment: [number, number, number, number?, number?]) => new Date(...moment).getTime()

it.each([
  ['2026-12-24', here(2026, 11, 24)],
  ['2026-12-24T18:00', here(2026, 11, 24, 18)],
  ['2026-12-24 18:05', here(2026, 11, 24, 18, 5)],
  ['2026-12-24T18:00:00Z', Date.UTC(2026, 11, 24, 18)],
  ['2026-12-24T18:00+01:00', Date.UTC(2026, 11, 24, 17)],
  ['2028-02-29', here(2028, 1, 29)],
])('a ban until %s ends at that time, in whole minutes', (text, until) => {
  const time = parseBanEnd(text, NOW)
  expect(time).toEqual({ seconds: Math.ceil((until - NOW) / 60_000) * 60, until })
})

it.each(['', 'soon', '24.12.2026', '2026-13-01', '2026-02-30', '2026-12-24T25:00', '2026-12-24T18', '7d'])(
  '%j is no date',
  (text) => {
    expect(() => parseBanEnd(text, NOW)).toThrow(/is not a date: write it like 2026-12-24/)
  },
)

it('an end in the past is refused, and so are two lengths', () => {
  expect(() => parseBanEnd('2026-12-01', NOW)).toThrow('2026-12-01 is in the past')
  expect(() => chosenBanTime({ for: '7d', until: '2026-12-24' }, NOW)).toThrow('use one of them')
  expect(chosenBanTime({}, NOW)).toBeUndefined()
})

it.each([
  ['permanent', 'permanently'],
  ['12h', 'for 12h'],
  ['90min', 'for 1h 30min'],
  ['1w', 'for 7d'],
])('a ban for %s is reported as %s', (length, shown) => {
  expect(shownBanTime(chosenBanTime({ for: length }, NOW) ?? 'permanent')).toBe(shown)
})

it('a ban until a date reports its end', () => {
  expect(shownBanTime(parseBanEnd('2026-12-24T18:00', NOW))).toBe('until 2026-12-24 18:00 (23d 6h)')
})
