// @ts-nocheck
import { expect, it } from 'vitest'
import { roughSpan, shownSpan } from './shown-span.js'

it.each([
  [0, '0s', '0s'],
  [59, '59s', '59s'],
  [5_400, '1h 30min', '1h 30min'],
  [43_200, '12h', '12h'],
  [604_680, '6d 23h 58min', '6d 23h'],
  [604_800, '7d', '7d'],
  [90_061, '1d 1h 1min 1s', '1d 1h'],
  [31_536_000 * 2 + 86_400, '731d', '2y 1d'],
])('%i seconds are %s, and roughly %s', (seconds, exact, rough) => {
  expect([shownSpan(seconds), roughSpan(seconds)]).toEqual([exact, rough])
})
