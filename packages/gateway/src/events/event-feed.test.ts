import { describe, expect, it } from 'vitest'
import { EventFeed } from './event-feed.js'
import type { HeardEvent } from './heard-events.js'

function event(at: number, facts: Partial<HeardEvent> = {}): HeardEvent {
  return { server: 'altis', type: 'playerMessage', at, line: `line ${at}`, data: `{"at":${at}}`, ...facts }
}

describe('a feed', () => {
  it('goes on after any event that it still has, and counts those that it has forgotten', () => {
    const feed = new EventFeed({ events: 3, length: 1_000 })
    for (let at = 1; at <= 5; at++) feed.add(event(at))
    const numbers = (after: number, most = 10) => {
      const { missed, events } = feed.after(after, most)
      return { missed, numbers: events.map(({ number }) => number) }
    }
    expect(numbers(5)).toEqual({ missed: 0, numbers: [] })
    expect(numbers(3)).toEqual({ missed: 0, numbers: [4, 5] })
    expect(numbers(2, 2)).toEqual({ missed: 0, numbers: [3, 4] })
    expect(numbers(0)).toEqual({ missed: 2, numbers: [3, 4, 5] })
    expect(numbers(0, 2)).toEqual({ missed: 2, numbers: [3, 4] })
    expect(new EventFeed().after(0, 10)).toEqual({ missed: 0, events: [] })
  })

  it('forgets by length, too', () => {
    const feed = new EventFeed({ events: 100, length: 30 })
    for (let at = 1; at <= 20; at++) feed.add(event(at, { data: 'x'.repeat(10) }))
    expect(feed.after(0, 100)).toMatchObject({ missed: 17, events: [{ number: 18 }, {}, {}] })
    feed.add(event(21, { data: 'x'.repeat(100) }))
    expect(feed.after(20, 100)).toMatchObject({ missed: 1, events: [] })
  })

  it('knows its own ids, and none of another life', () => {
    const [feed, other] = [new EventFeed(), new EventFeed()]
    const ids: string[] = []
    feed.subscribe((fed) => fed && ids.push(feed.idOf(fed)))
    feed.add(event(1))
    feed.add(event(2))
    other.add(event(1))
    expect(ids.map((id) => feed.numberOf(id))).toEqual([1, 2])
    for (const id of [
      ids[0] as string,
      'x',
      '',
      '3',
      ids[0]?.replace(/1$/, '3') as string,
      ids[0]?.replace(/1$/, '-1') as string,
    ])
      expect(other.numberOf(id)).toBeUndefined()
    expect(feed.numberOf(ids[0]?.replace(/1$/, '3') as string)).toBeUndefined()
    expect(feed.lastNumber).toBe(2)
  })

  it('calls its listeners with every event, and without one to look again, until they stop', () => {
    const feed = new EventFeed()
    const heard: (number | undefined)[] = []
    const stop = feed.subscribe((fed) => heard.push(fed?.number))
    feed.add(event(1))
    feed.wake()
    stop()
    feed.add(event(2))
    feed.wake()
    expect(heard).toEqual([1, undefined])
  })

  it('has the newest line that somebody may hear', () => {
    const feed = new EventFeed()
    feed.add(event(1, { type: 'playerConnect' }))
    feed.add(event(2))
    feed.add(event(3, { type: 'connect', line: undefined }))
    expect(feed.lastLine('altis', () => true)).toEqual({ at: 2, text: 'line 2' })
    expect(feed.lastLine('altis', (type) => type === 'playerConnect')).toEqual({ at: 1, text: 'line 1' })
    expect(feed.lastLine('altis', () => false)).toBeUndefined()
    expect(feed.lastLine('tanoa', () => true)).toBeUndefined()
    // In the order in which they come: the clock can be set back.
    feed.add(event(1, { type: 'playerConnect', line: 'again' }))
    expect(feed.lastLine('altis', () => true)).toEqual({ at: 1, text: 'again' })
    expect(feed.lastLine('altis', (type) => type === 'playerMessage')).toEqual({ at: 2, text: 'line 2' })
    feed.forgetServer('altis')
    expect(feed.lastLine('altis', () => true)).toBeUndefined()
  })
})
