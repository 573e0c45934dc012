import { VirtualClock } from '@bercon/core/testing'
import { describe, expect, it } from 'vitest'
import { type ChannelPairOptions, channelPair } from './channel-pair.js'

/** Both ends of a channel, and what each of them heard. */
function scene(options: ChannelPairOptions = {}) {
  const clock = new VirtualClock()
  const pair = channelPair(clock, options)
  const [left, right] = pair.ends.map((end) => {
    const heard: string[] = []
    end.onText((text) => heard.push(text))
    end.onClose((error) => heard.push(`ended: ${error?.message ?? 'done'}`))
    return { end, heard }
  }) as [{ end: (typeof pair.ends)[0]; heard: string[] }, { end: (typeof pair.ends)[1]; heard: string[] }]
  return { clock, left, right, cut: pair.cut }
}

describe('a channel in memory', () => {
  it('carries texts both ways, never inside the call that sends them', () => {
    const { clock, left, right } = scene()
    left.end.send('a')
    right.end.send('b')
    expect([left.heard, right.heard]).toEqual([[], []])
    clock.advance(0)
    expect([left.heard, right.heard]).toEqual([['b'], ['a']])
  })

  it('delays each text, and keeps their order', () => {
    const delays = [30, 10, 0]
    const { clock, left, right } = scene({ delayMs: () => delays.shift() ?? 0 })
    clock.advance(5)
    for (const text of ['a', 'b', 'c']) left.end.send(text)
    clock.advance(29)
    expect(right.heard).toEqual([])
    clock.advance(1)
    expect(right.heard).toEqual(['a', 'b', 'c'])
    left.end.send('d')
    clock.advance(0)
    expect(right.heard).toEqual(['a', 'b', 'c', 'd'])
  })

  it('knows how many characters are on their way', () => {
    const { clock, left, right } = scene({ delayMs: () => 10 })
    left.end.send('four')
    left.end.send('six...')
    expect([left.end.unsent, right.end.unsent]).toEqual([10, 0])
    clock.advance(10)
    expect(left.end.unsent).toBe(0)
  })

  it('ends at both ends once, after what was sent before, and carries nothing more', () => {
    const { clock, left, right } = scene({ delayMs: () => 10 })
    left.end.send('last')
    left.end.close()
    left.end.close()
    left.end.send('too late')
    right.end.send('answer')
    clock.advance(10)
    right.end.send('too late')
    right.end.close()
    clock.advance(100)
    expect(right.heard).toEqual(['last', 'ended: done'])
    expect(left.heard).toEqual(['ended: done'])
    left.end.send('too late')
    expect([left.end.unsent, clock.timers]).toEqual([0, 0])
  })

  it('loses what is on its way when it is cut, and ends once, with an error', () => {
    const { clock, left, right, cut } = scene({ delayMs: () => 10 })
    left.end.send('lost')
    right.end.close()
    cut()
    cut()
    clock.advance(100)
    const ended = ['ended: The channel was cut']
    expect([left.heard, right.heard]).toEqual([ended, ended])
  })
})
