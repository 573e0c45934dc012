import { describe, expect, it } from 'vitest'
import { createRandom } from '../link/random.js'
import { encodeText } from '../text/text.js'
import { crc32 } from '../wire/crc32.js'
import { DuplicateFilter } from './duplicate-filter.js'

const WINDOW = 64
const checksumOf = (text: string) => crc32(encodeText(text)) | 0
const line = checksumOf('(Global) Bob: hi')
const other = checksumOf('(Global) Bob: ho')

/** A filter that has seen `count` messages, all with the same text. */
function seen(count: number): DuplicateFilter {
  const filter = new DuplicateFilter()
  for (let number = 0; number < count; number++) filter.accept(number % 256, line)
  return filter
}

describe('DuplicateFilter', () => {
  it('extends the numbers past the wraps of the sequence, even if all texts are the same (W11)', () => {
    const filter = new DuplicateFilter()
    for (let number = 0; number < 1_000; number++) expect(filter.accept(number % 256, line)).toBe(number)
  })

  it('recognizes a repeat after any number of newer messages up to 190 (W10)', () => {
    for (let newer = 0; newer <= 190; newer++) expect(seen(newer + 1).accept(0, line)).toBeUndefined()
  })

  it('accepts the same sequence after a full wrap as a new message (W11)', () => {
    const filter = seen(256)
    expect(filter.accept(0, line)).toBe(256)
    expect(filter.accept(0, line)).toBeUndefined()
  })

  it('never recognizes a repeat by its text alone: two players may say the same (W10)', () => {
    const filter = seen(5)
    expect(filter.accept(5, line)).toBe(5)
    expect(filter.accept(3, line)).toBeUndefined()
  })

  it('never drops a message that differs from the one with its number', () => {
    const filter = seen(5)
    expect(filter.accept(3, other)).toBe(3 + 256)
    expect(filter.accept(3, other)).toBeUndefined()
  })

  it('numbers an overtaken message correctly, and recognizes its repeat', () => {
    const filter = new DuplicateFilter()
    expect(filter.accept(255, line)).toBe(255)
    expect(filter.accept(1, line)).toBe(257)
    expect(filter.accept(0, line)).toBe(256)
    expect(filter.accept(0, line)).toBeUndefined()
  })

  it('far ahead, accepts a message as new if its bytes differ from those half a wrap earlier', () => {
    expect(seen(180).accept(0, other)).toBe(256)
    expect(seen(129).accept(0, other)).toBe(256)
  })

  it('accepts the furthest message that a server can have open, even if it says the same as a wrap before', () => {
    expect(seen(200).accept((199 + 65) % 256, line)).toBe(199 + 65)
  })

  it('far ahead, accepts one as new that says the same as the last seen with its sequence, two wraps before', () => {
    const filter = seen(256)
    for (let number = 257; number <= 430; number++) filter.accept(number % 256, line)
    expect(filter.accept(0, line)).toBe(512)
    expect(filter.accept(0, line)).toBeUndefined()
  })

  it('halfway round, accepts unseen messages as new', () => {
    const filter = new DuplicateFilter()
    filter.accept(128, line)
    expect(filter.accept(0, line)).toBe(256)
  })

  it('counts from the first message received, even if the server sent others before', () => {
    const filter = new DuplicateFilter()
    expect(filter.accept(3, line)).toBe(3)
    expect(filter.accept(0, line)).toBe(0)
    expect(filter.accept(1, line)).toBe(1)
    expect(filter.accept(3, line)).toBeUndefined()
  })

  it.each([
    ['all with the same text', () => line],
    ['with two texts in turn', (number: number) => (number % 2 === 0 ? line : other)],
    ['each with its own text', (number: number) => checksumOf(`${number}`)],
  ])('is exact for a server with at most 64 open after its oldest: %s', (_, textOf) => {
    const random = createRandom(7)
    const filter = new DuplicateFilter()
    const delivered = new Set<number>()
    const wrong: number[] = []
    const open: number[] = []
    let next = 0
    for (let step = 0; step < 30_000; step++) {
      while ((open[0] ?? next) + WINDOW >= next && random() < 0.7) open.push(next++)
      // A copy of an acknowledged message can still be in transit when the window after it is full again.
      const late = next - 1 - Math.floor(random() * 2 * (WINDOW + 1))
      if (delivered.has(late) && filter.accept(late % 256, textOf(late)) !== undefined) wrong.push(late)
      const place = Math.floor(random() * open.length)
      const number = open[place]
      if (number === undefined) continue
      const given = filter.accept(number % 256, textOf(number))
      if (given !== (delivered.has(number) ? undefined : number)) wrong.push(number)
      delivered.add(number)
      // One acknowledgment of three is lost.
      if (random() < 0.67) open.splice(place, 1)
    }
    expect(wrong).toEqual([])
    expect(next).toBeGreaterThan(2_000)
  })
})
