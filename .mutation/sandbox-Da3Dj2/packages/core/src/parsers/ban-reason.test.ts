// @ts-nocheck
import { decodeText, encodeText } from '@bercon/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameReason, keptReason } from './ban-reason.js'

describe('keptReason', () => {
  it.each([
    ['short', 'spam', 'spam'],
    ['of 64 bytes', 'r'.repeat(64), 'r'.repeat(64)],
    ['longer', 'r'.repeat(65), 'r'.repeat(64)],
    ['that would end within a character of two bytes', `r${'я'.repeat(32)}`, `r${'я'.repeat(31)}`],
    ['that would end within a surrogate pair', `rr${'👾'.repeat(16)}`, `rr${'👾'.repeat(15)}`],
  ])('of a reason %s', (_, reason, kept) => {
    expect(keptReason(reason)).toBe(kept)
  })
})

describe('isSameReason', () => {
  it('compares only the part that a server keeps', () => {
    expect(isSameReason('r'.repeat(64), 'r'.repeat(80))).toBe(true)
    expect(isSameReason(`${'r'.repeat(64)}a`, `${'r'.repeat(64)}b`)).toBe(true)
    expect(isSameReason('r'.repeat(63), 'r'.repeat(64))).toBe(false)
    expect(isSameReason('spam', 'spam ')).toBe(false)
    expect(isSameReason('', '')).toBe(true)
  })

  it('distinguishes a short reason from a longer one', () => {
    expect(isSameReason('spam', 'spamé')).toBe(false)
    expect(isSameReason('r'.repeat(63), `${'r'.repeat(63)}é`)).toBe(true)
    expect(isSameReason(`${'r'.repeat(62)}é`, `${'r'.repeat(62)}è`)).toBe(false)
  })

  it('recognizes any reason that a server has cut between two bytes', () => {
    const characters = fc.constantFrom('r', ' ', 'é', 'я', '€', '战', '👾')
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 80 }), (parts) => {
        const reason = parts.join('')
        const listed = decodeText(encodeText(reason).slice(0, 64))
        expect(isSameReason(listed, reason)).toBe(true)
        expect(isSameReason(reason, listed)).toBe(true)
      }),
    )
  })
})
