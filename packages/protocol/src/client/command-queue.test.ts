import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CommandQueue } from './command-queue.js'
import { type WaitingCommand, waitingCommand } from './pending-command.js'

function command(id: number, deadline = 1_000): WaitingCommand {
  return waitingCommand(id, new Uint8Array(), true, { addedAt: 0, deadline })
}

it('a queue is first in, first out, even if entries are removed from the middle', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 100 }))), (acts) => {
      const queue = new CommandQueue()
      const model: WaitingCommand[] = []
      for (const [id, place] of acts.entries()) {
        if (place === null || model.length === 0) {
          model.push(command(id))
          queue.push(model.at(-1) as WaitingCommand)
        } else {
          const [removed] = model.splice(place % model.length, 1)
          queue.remove(removed as WaitingCommand)
        }
        expect(queue.first?.id).toBe(model[0]?.id)
        expect(queue.size).toBe(model.length)
      }
      for (const expected of model) {
        expect(queue.first).toBe(expected)
        queue.remove(expected)
      }
      expect(queue.first).toBeUndefined()
    }),
  )
})

it('a removed command can be added again', () => {
  const queue = new CommandQueue()
  const [first, second] = [command(1), command(2)]
  queue.push(first)
  queue.push(second)
  queue.remove(first)
  queue.push(first)
  queue.remove(second)
  expect(queue.first).toBe(first)
  expect(queue.size).toBe(1)
})

it('a queue finds expired commands after others were removed', () => {
  const queue = new CommandQueue()
  const [late, early, latest] = [300, 100, 900].map((timeoutMs, id) => command(id, timeoutMs)) as [
    WaitingCommand,
    WaitingCommand,
    WaitingCommand,
  ]
  for (const waiting of [late, early, latest]) queue.push(waiting)
  expect(queue.nextAt).toBe(100)
  expect(queue.overdue(99)).toEqual([])
  expect(queue.overdue(300)).toEqual([late, early])
  expect(queue.nextAt).toBe(900)
  for (const gone of [late, early, early]) queue.remove(gone)
  expect(queue.overdue(899)).toEqual([])
  expect(queue.inOrder()).toEqual([latest])
  expect(queue.find(latest.id)).toBe(latest)
  expect(queue.find(early.id)).toBeUndefined()
  queue.remove(latest)
  expect(queue.nextAt).toBe(Number.POSITIVE_INFINITY)
})

it('a queue knows the earliest of the deadlines that are left, in any order', () => {
  const queue = new CommandQueue()
  for (const [id, deadline] of [500, 900, 100, 700].entries()) queue.push(command(id, deadline))
  expect(queue.overdue(100).map(({ id }) => id)).toEqual([2])
  expect(queue.nextAt).toBe(500)
})

it('a queue keeps its first entry and its order after many additions and removals', () => {
  const queue = new CommandQueue()
  const [first, second] = [command(-2), command(-1)]
  queue.push(first)
  queue.push(second)
  for (let id = 0; id < 1_000; id++) {
    queue.push(command(id))
    queue.remove(command(id))
  }
  queue.push(command(1_000))
  expect(queue.first).toBe(first)
  queue.remove(first)
  expect(queue.first).toBe(second)
  queue.remove(second)
  expect(queue.first?.id).toBe(1_000)
})

it('emptying a queue of many thousands takes a linear number of steps', () => {
  const queue = new CommandQueue()
  const all = Array.from({ length: 50_000 }, (_, id) => command(id))
  for (const waiting of all) queue.push(waiting)
  for (const waiting of all) {
    if (queue.first !== waiting) throw new Error(`${waiting.id} is not the first`)
    queue.remove(waiting)
  }
  expect(queue.first).toBeUndefined()
})
