// @ts-nocheck
import { expect, test } from 'vitest'
import { TurnQueue, type TurnRequest } from './turn-queue.js'

function request(id: number, deadline: number): TurnRequest {
  const bytes = new Uint8Array()
  return { id, bytes, command: '', resend: true, verifyEnd: false, addedAt: 0, deadline }
}

test('requests leave in order, by their deadlines, or by id', () => {
  const queue = new TurnQueue()
  expect([queue.shift(), queue.nextAt, queue.size]).toEqual([undefined, Number.POSITIVE_INFINITY, 0])
  for (const [id, deadline] of [
    [1, 50],
    [2, 20],
    [3, 90],
    [4, 20],
  ] as const)
    queue.push(request(id, deadline))
  expect([queue.nextAt, queue.size]).toEqual([20, 4])
  expect(queue.takeDue(20).map(({ id }) => id)).toEqual([2, 4])
  expect([queue.remove(3)?.id, queue.remove(3)]).toEqual([3, undefined])
  expect([queue.shift()?.id, queue.size]).toEqual([1, 0])
  queue.push(request(5, Number.POSITIVE_INFINITY))
  expect(queue.takeAll().map(({ id }) => id)).toEqual([5])
})
