import { Cancellation } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BusReply } from '../bus.js'
import { MemoryBus } from './memory-bus.js'

let clock: VirtualClock
let bus: MemoryBus

beforeEach(() => {
  clock = new VirtualClock()
  bus = new MemoryBus(clock)
})

describe('a request', () => {
  it('is answered by who serves its subject, and by nobody else', async () => {
    bus.serve('commands.altis.*', async ({ subject, text }) => `${subject} ${text}`)
    bus.serve('commands.stratis.*', async () => 'another')
    expect(await bus.request('commands.altis.ann', 'players', { timeoutMs: 10 })).toEqual({
      type: 'reply',
      text: 'commands.altis.ann players',
    })
    expect(clock.timers).toBe(0)
  })

  it('reaches nobody if nobody serves its subject, or nobody does any more', async () => {
    bus.serve('a', async () => 'reply')()
    bus.serve('b', async () => 'reply')
    expect(await bus.request('a', 'x', { timeoutMs: 10 })).toEqual({ type: 'nobody' })
  })

  it('ends as silence when its time is up, or when its signal is aborted', async () => {
    bus.serve('a', async () => undefined)
    const signal = new Cancellation()
    const ended: BusReply[] = []
    for (const options of [{ timeoutMs: 10 }, { timeoutMs: 1_000, signal }])
      void bus.request('a', 'x', options).then((reply) => ended.push(reply))
    await clock.run(9)
    expect(ended).toEqual([])
    await clock.run(1)
    expect(ended).toEqual([{ type: 'silence' }])
    signal.abort('enough')
    await settled()
    expect([ended, clock.timers]).toEqual([[{ type: 'silence' }, { type: 'silence' }], 0])
  })

  it('leaves no listener at its signal', async () => {
    bus.serve('a', async () => 'reply')
    const calls: string[] = []
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: (type: 'abort') => calls.push(`add ${type}`),
      removeEventListener: (type: 'abort') => calls.push(`remove ${type}`),
    }
    const asked = bus.request('a', 'x', { timeoutMs: 10, signal })
    expect(calls).toEqual(['add abort'])
    await asked
    expect(calls).toEqual(['add abort', 'remove abort'])
  })
})

describe('a text', () => {
  it('is heard a turn later, in order, by who listens to its subject then', async () => {
    const heard: string[] = []
    const end = bus.subscribe('events.>', ({ subject, text }) => heard.push(`${subject} ${text}`))
    bus.subscribe('events.b', ({ text }) => heard.push(`b alone ${text}`))
    expect(['a', 'b'].map((name) => bus.publish(`events.${name}`, '1'))).toEqual([true, true])
    expect(heard).toEqual([])
    await settled()
    expect(heard).toEqual(['events.a 1', 'events.b 1', 'b alone 1'])
    bus.publish('events.b', '2')
    end()
    await settled()
    expect(heard.slice(3)).toEqual(['b alone 2'])
  })
})
