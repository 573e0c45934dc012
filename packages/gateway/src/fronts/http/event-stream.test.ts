import { settled, VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { EventFeed, type FedEvent } from '../../events/event-feed.js'
import { createRole } from '../../roles/role.js'
import { eventStream, type StreamParts } from './event-stream.js'

const ROLE = createRole('x', { servers: ['altis'], commands: [], events: ['player*'] })

function start(options: Partial<StreamParts> = {}, limits = { events: 10, length: 10_000 }) {
  const clock = new VirtualClock()
  const feed = options.feed ?? new EventFeed(limits)
  const add = (type: FedEvent['type'], server = 'altis') =>
    feed.add({ server, type, at: 0, line: undefined, data: `"${server} ${type}"` })
  const open = (more: Partial<StreamParts> = {}) => {
    const stream = eventStream({
      feed,
      clock,
      role: () => ROLE,
      wants: () => true,
      lastId: undefined,
      cut: () => {},
      onEnd: () => {},
      ...options,
      ...more,
    })
    const reader = stream.getReader()
    return {
      cancel: () => reader.cancel(),
      /** The next piece, without what differs from run to run; `undefined` at the end. */
      read: async () => {
        const { value } = await reader.read()
        return (
          value &&
          Buffer.from(value)
            .toString()
            .replaceAll(/id: \S+-/g, 'id: ')
        )
      },
    }
  }
  return { clock, feed, add, open }
}

describe('a stream of events', () => {
  it('has those from now on that the role may hear and the reader wants, in order', async () => {
    const { add, open } = start()
    add('playerConnect')
    const { read } = open({ wants: ({ type }) => type !== 'playerGuid' })
    expect(await read()).toBe('retry: 3000\n\n')
    const next = read()
    add('playerMessage', 'tanoa')
    add('unresponsive')
    add('playerGuid')
    add('playerMessage')
    expect(await next).toBe('id: 5\nevent: playerMessage\ndata: "altis playerMessage"\n\n')
    add('playerKick')
    add('playerDisconnect')
    expect(await read()).toMatch(/^id: 6\n.*\n.*\n\nid: 7\n/)
  })

  it('does not stop at many events that the role may not hear', async () => {
    const { add, open } = start({}, { events: 1_000, length: 1_000_000 })
    const { read } = open()
    await settled()
    for (let count = 0; count < 250; count++) add('unresponsive')
    add('playerMessage')
    await read()
    expect(await read()).toMatch(/^id: 251\n/)
  })

  it('goes on after the last event that was seen, and names what is forgotten', async () => {
    const { feed, add, open } = start()
    const ids: string[] = []
    feed.subscribe((event) => event && ids.push(feed.idOf(event)))
    for (let count = 0; count < 14; count++) add('playerMessage')
    const recent = open({ lastId: ids[12] })
    expect(await recent.read()).toBe('retry: 3000\n\n')
    expect(await recent.read()).toMatch(/^id: 14\n/)
    const late = open({ lastId: ids[0] })
    expect(await late.read()).toBe('retry: 3000\n\nevent: missed\ndata: {"count":3}\n\n')
    expect(await late.read()).toMatch(/^id: 5\n/)
    const foreign = open({ lastId: 'AAAAAAAA-3' })
    expect(await foreign.read()).toBe('retry: 3000\n\nevent: missed\ndata: {"count":null}\n\n')
  })

  it('ends for a reader who is so slow that events are forgotten before they are read', async () => {
    const { add, open } = start()
    const { read } = open()
    await settled()
    for (let count = 0; count < 11; count++) add('playerMessage')
    expect(await read()).toBe('retry: 3000\n\n')
    expect(await read()).toBeUndefined()
  })

  it('says something now and then, and ends for a reader who never reads', async () => {
    const { clock, open } = start()
    const ends: string[] = []
    const [reading, stuck] = [
      open({ cut: () => ends.push('reading') }),
      open({ cut: () => ends.push('cut'), onEnd: () => ends.push('end') }),
    ]
    expect(await reading.read()).toBe('retry: 3000\n\n')
    for (let beat = 0; beat < 3; beat++) {
      const next = reading.read()
      await settled()
      clock.advance(15_000)
      expect(await next).toBe(': \n\n')
      expect(ends.length > 0).toBe(beat > 0)
    }
    expect(ends).toEqual(['end', 'cut'])
    expect(await stuck.read()).toBe('retry: 3000\n\n')
    expect(await stuck.read()).toBeUndefined()
  })

  it('ends for a user who was removed, without another event', async () => {
    let role: typeof ROLE | undefined = ROLE
    const { feed, clock, open } = start({ role: () => role })
    const { read } = open()
    await read()
    const next = read()
    role = undefined
    feed.wake()
    expect(await next).toBeUndefined()
    expect(clock.timers).toBe(0)
  })

  it('ends at the next keep-alive for a user who was removed, once, and is not cut while it is read', async () => {
    let role: typeof ROLE | undefined = ROLE
    const ends: string[] = []
    const { clock, open } = start({
      role: () => role,
      cut: () => ends.push('cut'),
      onEnd: () => ends.push('end'),
    })
    const { read, cancel } = open()
    await read()
    const next = read()
    await settled()
    role = undefined
    clock.advance(15_000)
    expect(await next).toBeUndefined()
    await cancel()
    expect([ends, clock.timers]).toEqual([['end'], 0])
  })

  it('leaves nothing behind when its reader goes', async () => {
    const { clock, open } = start()
    const { read, cancel } = open()
    await read()
    const next = read()
    await cancel()
    await next
    expect(clock.timers).toBe(0)
  })
})
