// @ts-nocheck
import { encodeText } from '@bercon/core/kit'
import { expect, test } from 'vitest'
import { MessageOrder } from './message-order.js'
import { sortMessage } from './sorted-message.js'

function order(after: number, ...numbers: readonly number[]): MessageOrder {
  const made = new MessageOrder(after)
  for (const number of numbers)
    made.add(sortMessage({ type: 'message', bytes: encodeText('x'), sequence: number % 256, number }))
  return made
}

function readAll(from: MessageOrder): readonly number[] {
  const numbers: number[] = []
  for (let message = from.peek(); message !== undefined; message = from.peek()) {
    numbers.push(message.event.number)
    from.advance()
  }
  return numbers
}

test('messages are read by number, up to the first missing one', () => {
  const messages = order(4, 6, 5, 9, 7)
  expect([readAll(messages), messages.next, messages.hasGap]).toEqual([[5, 6, 7], 8, true])
  expect(messages.all().map(({ event }) => event.number)).toEqual([5, 6, 7, 9])
  expect(order(4, 5).hasGap).toBe(true)
  expect(readAll(order(4, 6))).toEqual([])
})

test('the predecessor of a message is known, impossible, or missing', () => {
  const messages = order(4, 5, 8)
  const before = [5, 6, 8, 9].map((number) => messages.before(number))
  expect(before.map((found) => (typeof found === 'object' ? found.event.number : found))).toEqual([
    'first',
    5,
    undefined,
    8,
  ])
})

test('before the first message, any may be the first', () => {
  const messages = order(-1, 200, 201)
  expect([messages.peek(), messages.before(200)]).toEqual([undefined, 'first'])
  messages.beginAt(200)
  expect(readAll(messages)).toEqual([200, 201])
  const known = order(4, 7)
  known.beginAt(7)
  expect(known.next).toBe(5)
})
