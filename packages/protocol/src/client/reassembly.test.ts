import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../text/text.js'
import { Reassembly } from './reassembly.js'

const part = (total: number, index: number, bytes: Uint8Array) =>
  ({ type: 'response-part', sequence: 0, total, index, bytes }) as const
const text = (total: number, index: number, words: string, sequence = 0) => ({
  ...part(total, index, encodeText(words)),
  sequence,
})
/** The result of each part in order: sequence, index, bytes. */
const adding = (reassembly: Reassembly, total: number, ...parts: readonly [number, number, string][]) =>
  parts.map(([sequence, index, words]) => reassembly.add(text(total, index, words, sequence), false))

describe('Reassembly', () => {
  it('joins parts by index, in any order and with repeats (P6, W4)', () => {
    const reply = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 20 })
    const order = reply.chain((parts) => {
      const places = parts.map((_, index) => index)
      const extra = fc.array(fc.constantFrom(...places), { maxLength: 10 })
      return fc.tuple(
        fc.constant(parts),
        extra.chain((more) =>
          fc.shuffledSubarray([...places, ...more], { minLength: places.length + more.length }),
        ),
      )
    })
    fc.assert(
      fc.property(order, ([parts, places]) => {
        const reassembly = new Reassembly()
        const seen = new Set<number>()
        for (const index of places) {
          const isNew = !seen.has(index)
          seen.add(index)
          const complete = reassembly.add(part(parts.length, index, parts[index] as Uint8Array), false)
          expect(complete).toBe(isNew && seen.size === parts.length ? 'whole' : 'none')
        }
        expect([...reassembly.join()]).toEqual(parts.flatMap((bytes) => [...bytes]))
      }),
    )
  })

  it('is complete at once with a reply of one part', () => {
    const reassembly = new Reassembly()
    expect(reassembly.add(text(1, 0, 'all'), false)).toBe('whole')
    expect(decodeText(reassembly.join())).toBe('all')
  })

  it('accepts the 255 parts that the wire allows (W14)', () => {
    const reassembly = new Reassembly()
    for (let index = 254; index > 0; index--)
      expect(reassembly.add(text(255, index, 'x'), false)).toBe('none')
    expect(reassembly.add(text(255, 0, 'y'), false)).toBe('whole')
    expect(decodeText(reassembly.join())).toBe(`y${'x'.repeat(254)}`)
  })

  it('joins bytes, so that a character cut at a border of two parts is complete (W5)', () => {
    const bytes = encodeText('привет')
    const reassembly = new Reassembly()
    reassembly.add(part(2, 1, bytes.slice(5)), false)
    reassembly.add(part(2, 0, bytes.slice(0, 5)), false)
    expect(decodeText(reassembly.join())).toBe('привет')
  })

  it('starts over at a part with another total', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 0, 'old'), false)
    reassembly.add(text(3, 1, 'old'), false)
    expect(reassembly.add(text(2, 1, 'B'), false)).toBe('none')
    expect(reassembly.bytes).toBe(1)
    expect(reassembly.add(text(2, 0, 'A'), false)).toBe('whole')
    expect(decodeText(reassembly.join())).toBe('AB')
  })

  it('starts over at a part with other bytes at the same index (W7)', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 0, 'first'), false)
    reassembly.add(text(3, 1, 'first'), false)
    expect(reassembly.add(text(3, 0, 'again-'), false)).toBe('none')
    expect(reassembly.add(text(3, 2, 'again'), false)).toBe('none')
    expect(reassembly.add(text(3, 1, 'again-'), false)).toBe('whole')
    expect(decodeText(reassembly.join())).toBe('again-again-again')
  })

  it('counts the bytes held, and a repeated part only once', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 1, 'four'), false)
    reassembly.add(text(3, 1, 'four'), false)
    reassembly.add(text(3, 2, ''), false)
    expect(reassembly.bytes).toBe(4)
  })

  it('does not trust the parts of a sequence that several sendings shared, unless there is only one part', () => {
    expect(new Reassembly().add(text(1, 0, 'all'), true)).toBe('whole')
    const reassembly = new Reassembly()
    reassembly.add(text(2, 0, 'a'), true)
    expect(reassembly.add(text(2, 1, 'b'), true)).toBe('mixed')
  })

  it('keeps the parts of a sequence that is sent again apart from later ones, and no others', () => {
    const reassembly = new Reassembly()
    expect(adding(reassembly, 2, [0, 0, 'old'], [1, 0, 'new'])).toEqual(['none', 'none'])
    reassembly.close(0)
    expect(adding(reassembly, 2, [0, 1, 'old'])).toEqual(['none'])
    expect(adding(reassembly, 2, [1, 1, 'er'])).toEqual(['whole'])
    expect(decodeText(reassembly.join())).toBe('newer')
  })

  it('does not join sendings whose replies have different totals', () => {
    const reassembly = new Reassembly()
    expect(adding(reassembly, 3, [0, 0, 'a'], [0, 1, 'b'])).toEqual(['none', 'none'])
    expect(adding(reassembly, 2, [1, 0, 'a'])).toEqual(['none'])
  })

  it('does not join a third sending that contradicts the first, although the second agrees with both', () => {
    const added = adding(
      new Reassembly(),
      5,
      [0, 0, 'a'],
      [0, 2, 'c'],
      [1, 2, 'c'],
      [1, 1, 'b'],
      [1, 3, 'd'],
      [2, 0, 'a'],
      [2, 1, 'B'],
      [2, 4, 'e'],
    )
    expect(added).toEqual(added.map(() => 'none'))
  })

  it('does not join the parts of a sending that has started over', () => {
    const reassembly = new Reassembly()
    const added = adding(reassembly, 3, [0, 0, 'a'], [0, 1, 'b'], [1, 0, 'a'], [0, 0, 'z'], [1, 2, 'c'])
    expect(added).toEqual(added.map(() => 'none'))
  })

  it('keeps the parts of two sendings apart, because a second execution may answer differently (W7)', () => {
    const reassembly = new Reassembly()
    expect(adding(reassembly, 2, [0, 0, 'old'], [1, 1, 'new'])).toEqual(['none', 'none'])
    expect(adding(reassembly, 2, [1, 0, 'new'])).toEqual(['whole'])
    expect(decodeText(reassembly.join())).toBe('newnew')
  })

  it('joins parts of two sendings that agree on a shared part', () => {
    const reassembly = new Reassembly()
    expect(adding(reassembly, 3, [0, 0, 'a'], [0, 1, 'b'], [1, 2, 'c'], [1, 1, 'b'])).toEqual([
      'none',
      'none',
      'none',
      'mixed',
    ])
    expect(decodeText(reassembly.join())).toBe('abc')
  })

  it.each<[string, number, [number, number, string][]]>([
    [
      'have no part in common',
      4,
      [
        [0, 0, 'a'],
        [0, 1, 'b'],
        [1, 2, 'c'],
        [1, 3, 'd'],
      ],
    ],
    [
      'differ in one of those that both have',
      4,
      [
        [0, 0, 'a'],
        [0, 1, 'b'],
        [0, 2, 'c'],
        [1, 3, 'd'],
        [1, 1, 'B'],
        [1, 2, 'c'],
      ],
    ],
  ])('does not join those of two sendings that %s', (_, total, parts) => {
    expect(adding(new Reassembly(), total, ...parts)).toEqual(parts.map(() => 'none'))
  })

  it('does not join two sendings with different totals', () => {
    const reassembly = new Reassembly()
    for (const index of [0, 1]) reassembly.add(text(3, index, 'x'), false)
    for (const index of [1, 2]) expect(reassembly.add(text(4, index, 'x', 1), false)).toBe('none')
  })

  it('joins three sendings if each agrees with another and none contradict', () => {
    const parts: [number, number, string][] = [
      [0, 0, 'a'],
      [0, 1, 'b'],
      [1, 1, 'b'],
      [1, 2, 'c'],
      [2, 3, 'd'],
    ]
    const reassembly = new Reassembly()
    expect(adding(reassembly, 4, ...parts)).toEqual(parts.map(() => 'none'))
    expect(adding(reassembly, 4, [2, 2, 'c'])).toEqual(['mixed'])
    expect(decodeText(reassembly.join())).toBe('abcd')
    const contradicted = new Reassembly()
    adding(contradicted, 4, ...parts, [2, 0, 'A'])
    // The second and third are complete without the first, which is left out.
    expect(adding(contradicted, 4, [2, 2, 'c'])).toEqual(['mixed'])
    expect(decodeText(contradicted.join())).toBe('Abcd')
  })

  it('marks a reply in parts as mixed if several sendings used its sequence', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(2, 0, 'a'), false)
    reassembly.close(0)
    expect(reassembly.add(text(2, 1, 'b'), true)).toBe('none')
    expect(reassembly.add(text(2, 0, 'a'), true)).toBe('mixed')
  })

  it('never joins bytes of two replies that differ in every part, in any order of arrival', () => {
    const total = 5
    const one = fc.record({ sequence: fc.nat({ max: 6 }), index: fc.nat({ max: total - 1 }) })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (parts) => {
        const reassembly = new Reassembly()
        for (const { sequence, index } of parts) {
          // Each pair of sendings has the same state of the list.
          const version = `${Math.floor(sequence / 2)}`
          if (reassembly.add(text(total, index, version, sequence), false) === 'none') continue
          expect(decodeText(reassembly.join())).toBe(version.repeat(total))
          return
        }
      }),
    )
  })

  it('stores a part shared by several sendings once', () => {
    const reassembly = new Reassembly()
    adding(reassembly, 3, [0, 0, 'four'], [1, 0, 'four'], [2, 0, 'five!'])
    expect(reassembly.bytes).toBe(9)
    reassembly.keepOnly(1)
    expect(reassembly.bytes).toBe(4)
    expect(reassembly.bytesOf(1)).toBe(4)
    expect(reassembly.bytesOf(2)).toBe(0)
  })

  it('holds the parts of at most 32 sendings', () => {
    const reassembly = new Reassembly()
    for (let sequence = 0; sequence < 200; sequence++)
      adding(reassembly, 3, [sequence, 0, `${sequence}`.padStart(3)])
    expect(reassembly.bytes).toBe(32 * 3)
  })
})
