import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Timed, TimerQueue } from './timer-queue.js'

interface Item extends Timed {
  readonly name: number
}

const items = (count: number): Item[] =>
  Array.from({ length: count }, (_, name) => ({ name, dueAt: 0, place: -1 }))

const COUNT = 12
const name = fc.nat({ max: COUNT - 1 })
const time = fc.nat({ max: 20 })
const act = fc.oneof(
  fc.record({ act: fc.constant('set' as const), name, time }),
  fc.record({ act: fc.constant('remove' as const), name }),
  fc.record({ act: fc.constant('take' as const), time }),
)

describe('TimerQueue', () => {
  it('behaves like a sorted array after any additions, moves and removals', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const all = items(COUNT)
        const queue = new TimerQueue<Item>()
        const model = new Map<number, number>()
        const earliest = () => Math.min(Number.POSITIVE_INFINITY, ...model.values())
        for (const step of acts) {
          if (step.act === 'set') {
            queue.set(all[step.name] as Item, step.time)
            model.set(step.name, step.time)
          } else if (step.act === 'remove') {
            queue.remove(all[step.name] as Item)
            model.delete(step.name)
          } else {
            const taken = queue.takeDue(step.time)
            // Of several due at the same time, any may come first.
            expect(taken?.dueAt).toBe(earliest() <= step.time ? earliest() : undefined)
            if (taken !== undefined) expect(model.delete(taken.name)).toBe(true)
          }
          expect(queue.size).toBe(model.size)
          expect(queue.nextAt).toBe(earliest())
          expect(queue.first?.dueAt ?? Number.POSITIVE_INFINITY).toBe(earliest())
        }
      }),
      { numRuns: 300 },
    )
  })

  it('returns all items in the order of their times', () => {
    fc.assert(
      fc.property(fc.array(time, { maxLength: 60 }), (times) => {
        const queue = new TimerQueue<Item>()
        for (const [index, item] of items(times.length).entries()) queue.set(item, times[index] as number)
        const taken = times.map(() => queue.takeDue(20)?.dueAt)
        expect(taken).toEqual([...times].sort((a, b) => a - b))
        expect(queue.size).toBe(0)
      }),
    )
  })

  it('keeps items that are not due yet', () => {
    const queue = new TimerQueue<Item>()
    const [item] = items(1) as [Item]
    queue.set(item, 10)
    expect(queue.takeDue(9.99)).toBeUndefined()
    expect(queue.first).toBe(item)
    expect(queue.takeDue(10)).toBe(item)
    expect(queue.nextAt).toBe(Number.POSITIVE_INFINITY)
  })

  it('removes an item that is set to never, and ignores another that is', () => {
    const queue = new TimerQueue<Item>()
    const [first, second] = items(2) as [Item, Item]
    queue.set(first, 1)
    queue.set(second, Number.POSITIVE_INFINITY)
    expect([queue.size, queue.first]).toEqual([1, first])
    queue.set(first, Number.POSITIVE_INFINITY)
    expect([queue.size, queue.nextAt]).toEqual([0, Number.POSITIVE_INFINITY])
    queue.set(first, 2)
    expect(queue.takeDue(2)).toBe(first)
  })

  it('ignores the removal of an item that is in no queue', () => {
    const queue = new TimerQueue<Item>()
    const [first, second] = items(2) as [Item, Item]
    queue.set(first, 1)
    queue.remove(second)
    expect(queue.size).toBe(1)
  })
})
