import { expect, it } from 'vitest'
import { VirtualClock } from './virtual-clock.js'

it('calls each timer at its time, the earliest first', () => {
  const clock = new VirtualClock()
  const called: (readonly [string, number])[] = []
  const set = (name: string, ms: number) => clock.setTimer(() => called.push([name, clock.now()]), ms)
  set('late', 30)
  set('early', 10)
  set('same', 10)
  set('never', 31)
  clock.advance(9)
  expect(called).toEqual([])
  clock.advance(21)
  expect(called).toEqual([
    ['early', 10],
    ['same', 10],
    ['late', 30],
  ])
  expect([clock.now(), clock.timers]).toEqual([30, 1])
})

it('calls a timer that a timer sets within the same step, and none that was canceled', () => {
  const clock = new VirtualClock()
  const called: number[] = []
  clock.setTimer(() => clock.setTimer(() => called.push(clock.now()), 5), 10)
  const cancel = clock.setTimer(() => called.push(-1), 12)
  cancel()
  clock.advance(20)
  expect([called, clock.timers]).toEqual([[15], 0])
})

it('calls a timer in the past at once, without going back', () => {
  const clock = new VirtualClock()
  clock.advance(50)
  const at: number[] = []
  clock.setTimer(() => at.push(clock.now()), -10)
  clock.advance(0)
  expect(at).toEqual([50])
})

it('lets promises settle between two timers', async () => {
  const clock = new VirtualClock()
  const order: string[] = []
  clock.setTimer(() => {
    order.push('first')
    void Promise.resolve().then(() => {
      order.push('promise')
      clock.setTimer(() => order.push('its timer'), 3)
    })
  }, 1)
  clock.setTimer(() => order.push('second'), 2)
  await clock.run(10)
  expect([order, clock.now()]).toEqual([['first', 'promise', 'second', 'its timer'], 10])
})

it('returns the wall clock’s time from its start on', () => {
  const clock = new VirtualClock(1_000)
  clock.advance(5)
  expect(clock.wallNow()).toBe(1_005)
  expect(new VirtualClock().wallNow()).toBe(Date.UTC(2026, 0, 1))
})
