import { describe, expect, it } from 'vitest'
import { createRandom } from '../link/random.js'
import { encodeText } from '../text/text.js'
import { DuplicateFilter } from './duplicate-filter.js'

const WINDOW = 64
const line = encodeText('(Global) Bob: hi')
const other = encodeText('(Global) Bob: ho')

/** A filter that has seen so many messages, all with the same text. */
function seen(count: number): DuplicateFilter {
  const filter = new DuplicateFilter()
  for (let number = 0; number < count; number++) filter.accept(number % 256, line)
  return filter
}

describe('DuplicateFilter', () => {
  it('numbers messages on over the wraps of the sequence, the same text always (W11)', () => {
    const filter = new DuplicateFilter()
    for (let number = 0; number < 1_000; number++) expect(filter.accept(number % 256, line)).toBe(number)
  })

  it('knows a repeat after each number of newer messages up to 190 (W10)', () => {
    for (let newer = 0; newer <= 190; newer++) expect(seen(newer + 1).accept(0, line)).toBeUndefined()
  })

  it('takes the same sequence after a full wrap for a new message (W11)', () => {
    const filter = seen(256)
    expect(filter.accept(0, line)).toBe(256)
    expect(filter.accept(0, line)).toBeUndefined()
  })

  it('never knows a repeat by its text: two players may say the same (W10)', () => {
    const filter = seen(5)
    expect(filter.accept(5, line)).toBe(5)
    expect(filter.accept(3, line)).toBeUndefined()
  })

  it('never loses a message that differs from the one it is taken for', () => {
    const filter = seen(5)
    expect(filter.accept(3, other)).toBe(3 + 256)
    expect(filter.accept(3, other)).toBeUndefined()
  })

  it('gives a message that was overtaken its own number, and knows it again', () => {
    const filter = new DuplicateFilter()
    expect(filter.accept(255, line)).toBe(255)
    expect(filter.accept(1, line)).toBe(257)
    expect(filter.accept(0, line)).toBe(256)
    expect(filter.accept(0, line)).toBeUndefined()
  })

  it('takes for new, far ahead, what has other bytes than the message half a wrap before', () => {
    expect(seen(180).accept(0, other)).toBe(256)
    expect(seen(129).accept(0, other)).toBe(256)
  })

  it('takes for new, half way round, what it has not seen', () => {
    const filter = new DuplicateFilter()
    filter.accept(128, line)
    expect(filter.accept(0, line)).toBe(256)
  })

  it('counts from the first message that comes, also when that is not the first that was sent', () => {
    const filter = new DuplicateFilter()
    expect(filter.accept(3, line)).toBe(3)
    expect(filter.accept(0, line)).toBe(0)
    expect(filter.accept(1, line)).toBe(1)
    expect(filter.accept(3, line)).toBeUndefined()
  })

  it.each([
    ['all with the same text', () => line],
    ['with two texts in turn', (number: number) => (number % 2 === 0 ? line : other)],
    ['each with its own text', (number: number) => encodeText(`${number}`)],
  ])('is exact for a server with at most 64 open beyond its oldest: %s', (_, textOf) => {
    const random = createRandom(7)
    const filter = new DuplicateFilter()
    const delivered = new Set<number>()
    const wrong: number[] = []
    const open: number[] = []
    let next = 0
    for (let step = 0; step < 30_000; step++) {
      while ((open[0] ?? next) + WINDOW >= next && random() < 0.7) open.push(next++)
      // A copy of one that was acknowledged can still be on its way when the window behind it is full again.
      const late = next - 1 - Math.floor(random() * 2 * (WINDOW + 1))
      if (delivered.has(late) && filter.accept(late % 256, textOf(late)) !== undefined) wrong.push(late)
      const place = Math.floor(random() * open.length)
      const number = open[place]
      if (number === undefined) continue
      const given = filter.accept(number % 256, textOf(number))
      if (given !== (delivered.has(number) ? undefined : number)) wrong.push(number)
      delivered.add(number)
      // The acknowledgement is lost one time out of three.
      if (random() < 0.67) open.splice(place, 1)
    }
    expect(wrong).toEqual([])
    expect(next).toBeGreaterThan(2_000)
  })
})
