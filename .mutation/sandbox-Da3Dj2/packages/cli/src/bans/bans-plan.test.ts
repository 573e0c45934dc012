// @ts-nocheck
import type { BanLine } from '@bercon/arma'
import type { BanRow } from '@bercon/client'
import { expect, it } from 'vitest'
import { planApply, planImport } from './bans-plan.js'

const NOW = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000

function row(id: number, target: string, more: Partial<BanRow> = {}): BanRow {
  return { id, kind: 'guid', target, expires: 'never', minutesLeft: undefined, reason: '', ...more }
}

function ban(target: string, more: Partial<BanLine> = {}): BanLine {
  return { kind: 'guid', target, expiresAt: undefined, reason: '', ...more }
}

const inMinutes = (minutes: number) => ({ expiresAt: NOW + minutes * MINUTE_MS })
const listed = (minutesLeft: number) => ({ expires: 'minutes', minutesLeft }) as const

it('ends that differ only by the rounding of the list are equal', () => {
  const plan = planApply([row(0, 'a', listed(59))], [ban('a', inMinutes(60))], NOW)
  expect(plan).toEqual({ adds: [], removals: [], kept: 1, over: 0 })
})

it('reasons that differ only by white space are equal', () => {
  const plan = planApply([row(0, 'a', { reason: 'spam x' })], [ban('a', { reason: '\t spam  x ' })], NOW)
  expect(plan).toMatchObject({ adds: [], removals: [], kept: 1 })
})

it('a reason that the server cut after 64 bytes is equal', () => {
  const reason = `${'r'.repeat(30)}  ${'r'.repeat(48)}`
  const plan = planApply([row(0, 'a', { reason: reason.slice(0, 64) })], [ban('a', { reason })], NOW)
  expect(plan).toMatchObject({ adds: [], removals: [], kept: 1 })
})

it.each([
  ['another end', row(0, 'a', listed(30)), ban('a', inMinutes(60))],
  ['no end', row(0, 'a'), ban('a', inMinutes(60))],
  ['another reason', row(0, 'a', { reason: 'x' }), ban('a', { reason: 'y' })],
])('a ban with %s is replaced', (_difference, old, wanted) => {
  const plan = planApply([old], [wanted], NOW)
  expect(plan).toEqual({ adds: [wanted], removals: [old], kept: 0, over: 0 })
})

it('a duplicate of a ban is removed once, and an expired one is ignored', () => {
  const rows = [row(0, 'a'), row(1, 'a'), row(2, 'b', { expires: 'expired' })]
  const plan = planApply(rows, [ban('a'), ban('c', inMinutes(-1))], NOW)
  expect(plan).toEqual({ adds: [], removals: [rows[1]], kept: 1, over: 1 })
})

it('of several bans of one target, the longest counts', () => {
  const longest = ban('a', inMinutes(90))
  const { adds } = planApply([], [ban('a', inMinutes(60)), longest, ban('a', inMinutes(30))], NOW)
  expect(adds).toEqual([longest])
})

it('an import adds a target that is not listed, or whose ban has expired', () => {
  const rows = [row(0, 'a', { reason: 'mine' }), row(1, 'b', { expires: 'expired' })]
  const plan = planImport(rows, [ban('a', { reason: 'theirs' }), ban('b'), ban('c')], NOW)
  expect(plan).toEqual({ adds: [ban('b'), ban('c')], removals: [], kept: 1, over: 0 })
})
