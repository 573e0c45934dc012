import type { ConnectionEvent } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import { EventOutbox } from './event-outbox.js'

function message(text: string, at = 0): ConnectionEvent {
  return { type: 'message', at, text, sequence: 0, number: 0 }
}

function connect(address: string): ConnectionEvent {
  return { type: 'connect', at: 0, address, attempts: 1, elapsedMs: 1 }
}

function take(outbox: EventOutbox): readonly ConnectionEvent[] {
  const events: ConnectionEvent[] = []
  while (!outbox.isEmpty) events.push(outbox.shift(99) as ConnectionEvent)
  return events
}

describe('EventOutbox', () => {
  it('keeps the newest, and says first how many of the older ones are gone', () => {
    const outbox = new EventOutbox(2, 100)
    for (const [at, text] of ['one', 'two', 'three', 'four'].entries()) outbox.push(message(text, at))
    const dropped = { type: 'eventsDropped', at: 99, from: 0, count: 2 }
    expect(take(outbox)).toEqual([dropped, message('three', 2), message('four', 3)])
    outbox.push(message('five'))
    expect([take(outbox), outbox.dropped]).toEqual([[message('five')], 2])
  })

  it('is limited by the length of the texts as well', () => {
    const outbox = new EventOutbox(100, 10)
    for (const text of ['1234', '5678', '9012']) outbox.push(message(text))
    expect(take(outbox).slice(1)).toEqual([message('5678'), message('9012')])
    outbox.push(message('longer than all'))
    expect(take(outbox)).toMatchObject([{ type: 'eventsDropped', count: 1 }])
  })

  it('returns its events in order through thousands of them', () => {
    const outbox = new EventOutbox(10, 1_000)
    const taken: ConnectionEvent[] = []
    for (let number = 0; number < 5_000; number++) {
      outbox.push(message(`${number}`))
      if (number % 3 > 0) taken.push(outbox.shift(0) as ConnectionEvent)
    }
    taken.push(...take(outbox))
    const numbers = taken.flatMap((event) => (event.type === 'message' ? [Number(event.text)] : []))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(numbers.length + outbox.dropped).toBe(5_000)
  })

  it('keeps the start of the newest login: the numbers of all later messages count from it', () => {
    const outbox = new EventOutbox(1, 1_000)
    const own = message('RCon admin #4 (192.0.2.1:2304) logged in')
    const others = message('RCon admin #5 (192.0.2.9:2304) logged in')
    const all = [connect('first'), own, connect('second'), message('early'), own, others, message('now')]
    for (const event of all) outbox.push(event)
    const dropped = { type: 'eventsDropped', at: 99, from: 0, count: 4 }
    expect(take(outbox)).toEqual([connect('second'), own, dropped, message('now')])
  })
})
