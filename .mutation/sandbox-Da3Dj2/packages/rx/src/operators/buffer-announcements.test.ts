// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { marbles } from '../../test/marbles.js'
import { bufferAnnouncements, MAX_ANNOUNCEMENT_BYTES } from './buffer-announcements.js'
import { packedTexts } from './packed-texts.js'

describe('bufferAnnouncements', () => {
  it('joins the texts of a window, which the first text opens', () => {
    marbles(({ cold, expectObservable }) => {
      const said = cold('---a-b 20ms c 99ms |').pipe(bufferAnnouncements(10))
      expectObservable(said).toBe('13ms x 22ms c 89ms |', { x: 'a | b', c: 'c' })
    })
  })

  it('emits several texts, in order, if they do not fit into one', () => {
    marbles(({ cold, expectObservable }) => {
      const said = cold('(abc)', { a: 'one', b: 'two', c: 'three' }).pipe(bufferAnnouncements(10, 9))
      expectObservable(said).toBe('10ms (xy)', { x: 'one | two', y: 'three' })
    })
  })

  it('emits the rest when the source completes, and loses it when the source fails', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a|').pipe(bufferAnnouncements(10))).toBe('-(a|)')
      expectObservable(cold('a#').pipe(bufferAnnouncements(10))).toBe('-#')
      expectObservable(cold('--|').pipe(bufferAnnouncements(10))).toBe('--|')
    })
  })

  it('leaves no timer behind', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a')
      expectObservable(source.pipe(bufferAnnouncements(10)), '^--!').toBe('----')
      expectSubscriptions(source.subscriptions).toBe('^--!')
    })
  })

  it('refuses a window or a length out of range by name', () => {
    expect(() => bufferAnnouncements(-1)).toThrow('windowMs must be')
    expect(() => bufferAnnouncements(0, 3)).toThrow('maxBytes must be')
    expect(() => bufferAnnouncements(0, MAX_ANNOUNCEMENT_BYTES + 1)).toThrow('maxBytes must be')
  })
})

describe('packed texts', () => {
  it('fit exactly, counted in bytes of UTF-8', () => {
    expect(packedTexts(['яя', 'я'], 9)).toEqual(['яя | я'])
    expect(packedTexts(['яя', 'я'], 8)).toEqual(['яя', 'я'])
  })

  it('are cut between two characters where one alone is too long', () => {
    expect(packedTexts(['a😀😀b', 'c'], 6)).toEqual(['a😀', '😀b', 'c'])
    expect(packedTexts(['abcdef', 'g'], 5)).toEqual(['abcde', 'f | g'])
  })

  it('lose no text, and none is longer than allowed', () => {
    const texts = Array.from({ length: 200 }, (_, index) => `${index}:${'я😀x'.repeat(index % 9)}`)
    const packed = packedTexts(texts, 40)
    expect(packed.every((text) => Buffer.byteLength(text) <= 40)).toBe(true)
    const joined = packed.join('').replaceAll(' | ', '')
    expect(joined).toBe(texts.join(''))
  })
})
