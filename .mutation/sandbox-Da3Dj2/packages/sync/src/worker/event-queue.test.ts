// @ts-nocheck
import type { ConnectionEvent } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import { EventQueue } from './event-queue.js'

function message(text: string): ConnectionEvent {
  return { type: 'message', at: 0, text, sequence: 0, number: 0 }
}

function connect(address: string): ConnectionEvent {
  return { type: 'connect', at: 0, address, attempts: 1, elapsedMs: 1 }
}

describe('EventQueue', () => {
  it('keeps the newest, and counts the rest', () => {
    const queue = new EventQueue(2)
    for (const text of ['one', 'two', 'three']) queue.push(message(text))
    expect([queue.take(), queue.lost, queue.isEmpty]).toEqual([[message('two'), message('three')], 1, true])
    queue.push(message('four'))
    expect([queue.take(), queue.lost]).toEqual([[message('four')], 1])
  })

  it('is limited by the length of the texts as well', () => {
    const queue = new EventQueue(100, 10)
    for (const text of ['1234', '5678', '9012']) queue.push(message(text))
    expect([queue.take(), queue.lost]).toEqual([[message('5678'), message('9012')], 1])
    for (let round = 0; round < 9; round++) queue.push(message('1234567890'))
    expect([queue.take().length, queue.lost]).toEqual([1, 9])
    queue.push(message('longer than all'))
    expect([queue.isEmpty, queue.take(), queue.lost]).toEqual([true, [], 10])
  })

  it('keeps the start of the newest login: the numbers of all later messages count from it', () => {
    const queue = new EventQueue(1)
    const own = message('RCon admin #4 (192.0.2.1:2304) logged in')
    const others = message('RCon admin #5 (192.0.2.9:2304) logged in')
    for (const event of [
      connect('first'),
      own,
      connect('second'),
      message('early'),
      own,
      others,
      message('now'),
    ])
      queue.push(event)
    expect(queue.take()).toEqual([connect('second'), own, message('now')])
    expect(queue.lost).toBe(4)
  })
})
