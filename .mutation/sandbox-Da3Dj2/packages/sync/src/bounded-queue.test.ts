// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { BoundedQueue } from './bounded-queue.js'

describe('BoundedQueue', () => {
  it('returns its items in order of arrival', () => {
    const queue = new BoundedQueue<number>(3)
    for (const item of [1, 2, 3]) expect(queue.push(item)).toBeUndefined()
    expect([queue.shift(), queue.length, queue.take(), queue.shift()]).toEqual([1, 2, [2, 3], undefined])
  })

  it('returns the oldest item when it is full', () => {
    const queue = new BoundedQueue<number>(2)
    const gone = Array.from({ length: 100 }, (_, item) => queue.push(item)).slice(2)
    expect(gone).toEqual(Array.from({ length: 98 }, (_, item) => item))
    expect(queue.take()).toEqual([98, 99])
  })
})
