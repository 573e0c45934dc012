import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../text.js'
import { Reassembly } from './reassembly.js'

const part = (total: number, index: number, bytes: Uint8Array) =>
  ({ type: 'response-part', sequence: 0, total, index, bytes }) as const
const text = (total: number, index: number, words: string) => part(total, index, encodeText(words))

describe('Reassembly', () => {
  it('joins the parts by index, in whatever order and however often they come (P6, W4)', () => {
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
          const complete = reassembly.add(part(parts.length, index, parts[index] as Uint8Array))
          expect(complete).toBe(isNew && seen.size === parts.length)
        }
        expect([...reassembly.join()]).toEqual(parts.flatMap((bytes) => [...bytes]))
      }),
    )
  })

  it('is complete at once with a reply of one part', () => {
    const reassembly = new Reassembly()
    expect(reassembly.add(text(1, 0, 'all'))).toBe(true)
    expect(decodeText(reassembly.join())).toBe('all')
  })

  it('takes the 255 parts that the wire allows (W14)', () => {
    const reassembly = new Reassembly()
    for (let index = 254; index > 0; index--) expect(reassembly.add(text(255, index, 'x'))).toBe(false)
    expect(reassembly.add(text(255, 0, 'y'))).toBe(true)
    expect(decodeText(reassembly.join())).toBe(`y${'x'.repeat(254)}`)
  })

  it('joins bytes, so that a character cut at the border of two parts is whole again (W5)', () => {
    const bytes = encodeText('привет')
    const reassembly = new Reassembly()
    reassembly.add(part(2, 1, bytes.slice(5)))
    reassembly.add(part(2, 0, bytes.slice(0, 5)))
    expect(decodeText(reassembly.join())).toBe('привет')
  })

  it('begins anew with a part that has another total', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 0, 'old'))
    reassembly.add(text(3, 1, 'old'))
    expect(reassembly.add(text(2, 1, 'B'))).toBe(false)
    expect(reassembly.bytes).toBe(1)
    expect(reassembly.add(text(2, 0, 'A'))).toBe(true)
    expect(decodeText(reassembly.join())).toBe('AB')
  })

  it('begins anew with a part that has other bytes at the same index (W7)', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 0, 'first'))
    reassembly.add(text(3, 1, 'first'))
    expect(reassembly.add(text(3, 0, 'again-'))).toBe(false)
    expect(reassembly.add(text(3, 2, 'again'))).toBe(false)
    expect(reassembly.add(text(3, 1, 'again-'))).toBe(true)
    expect(decodeText(reassembly.join())).toBe('again-again-again')
  })

  it('knows how many bytes it holds, and counts a repeated part once', () => {
    const reassembly = new Reassembly()
    reassembly.add(text(3, 1, 'four'))
    reassembly.add(text(3, 1, 'four'))
    reassembly.add(text(3, 2, ''))
    expect(reassembly.bytes).toBe(4)
  })
})
