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

  it.each([
    ['a character of two bytes', `${'r'.repeat(63)}é`, 'Ã', true],
    ['a character of three bytes', `${'r'.repeat(62)}战`, 'æˆ', true],
    ['a character of three bytes, but with more than were there', `${'r'.repeat(62)}战`, 'æˆ˜', false],
    ['no character, but an ASCII one', `${'r'.repeat(63)}é`, 'a', false],
    ['a reason that is short enough', 'spam', 'é', false],
  ])('recognizes a reason that was cut inside a character: %s', (_, reason, rest, isSame) => {
    const listed = `${keptReason(reason)}${rest}`
    expect(isSameReason(listed, reason)).toBe(isSame)
    expect(isSameReason(reason, listed)).toBe(isSame)
    // Another beginning is another reason.
    expect(isSameReason(`x${listed.slice(1)}`, reason)).toBe(false)
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
