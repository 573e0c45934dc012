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

  it.each<readonly [what: string, characters: number, event: ConnectionEvent]>([
    ['the text of a message', 4, message('1234')],
    ['its bytes as well', 6, { ...message('1234'), bytes: [1, 2] } as ConnectionEvent],
    ['a command and its reply', 7, { type: 'command', at: 0, text: '123', reply: '4567', sentAfter: 0 }],
    ['nothing of any other event', 0, { type: 'unresponsive', at: 0, unanswered: 3, silentMs: 1 }],
  ])('counts %s: %d characters fit, and no fewer', (_, characters, event) => {
    const exact = new EventOutbox(100, characters)
    exact.push(event)
    expect(take(exact)).toEqual([event])
    // The room is free again.
    exact.push(event)
    expect(take(exact)).toEqual([event])
    if (characters === 0) return
    const less = new EventOutbox(100, characters - 1)
    less.push(event)
    expect(take(less)).toMatchObject([{ type: 'eventsDropped', count: 1 }])
  })

  it('returns nothing when it is empty', () => {
    const outbox = new EventOutbox(10, 100)
    expect([outbox.isEmpty, outbox.shift(0)]).toEqual([true, undefined])
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

  it('keeps that start even where nothing else is left, and drops what is no part of it', () => {
    const own = message('RCon admin #4 (192.0.2.1:2304) logged in')
    const short = new EventOutbox(10, 20)
    for (const event of [connect('house'), own]) short.push(event)
    expect(take(short)).toEqual([connect('house'), own])
    const silent = { type: 'unresponsive', at: 5, unanswered: 3, silentMs: 30_000 } as const
    const small = new EventOutbox(1, 100)
    for (const event of [connect('house'), silent, own, message('now')]) small.push(event)
    const dropped = { type: 'eventsDropped', at: 99, from: 5, count: 1 }
    expect(take(small)).toEqual([connect('house'), own, dropped, message('now')])
  })
})
