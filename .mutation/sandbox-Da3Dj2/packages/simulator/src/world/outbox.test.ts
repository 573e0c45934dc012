// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { Outbox } from './outbox.js'

describe('Outbox', () => {
  it('returns everything once, in order', () => {
    const outbox = new Outbox<number>(10)
    outbox.put(1)
    outbox.put(2)
    expect(outbox.take()).toEqual([1, 2])
    expect(outbox.take()).toEqual([])
    expect(outbox.dropped).toBe(0)
  })

  it.each([1, 2, 3, 100])('keeps the newest %i and counts the rest', (limit) => {
    const outbox = new Outbox<number>(limit)
    for (let item = 0; item < 1000; item += 1) {
      outbox.put(item)
      expect(outbox.dropped).toBe(Math.max(0, item + 1 - limit))
    }
    expect(outbox.take()).toEqual(Array.from({ length: limit }, (_, index) => 1000 - limit + index))
    expect(outbox.dropped).toBe(1000 - limit)
  })
})
