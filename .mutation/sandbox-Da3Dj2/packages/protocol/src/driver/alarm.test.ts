// @ts-nocheck
import { expect, it } from 'vitest'
import { VirtualClock } from '../testing/virtual-clock.js'
import { Alarm } from './alarm.js'

function newAlarm() {
  const clock = new VirtualClock()
  const rings: number[] = []
  return { clock, rings, alarm: new Alarm(clock, () => rings.push(clock.now())) }
}

it('rings once, at the earliest time it was set for, with a single timer', () => {
  const { clock, rings, alarm } = newAlarm()
  alarm.set(500)
  alarm.set(200)
  alarm.set(300)
  expect(clock.timers).toBe(1)
  clock.advance(1_000)
  expect(rings).toEqual([200])
})

it('rings at once for a time in the past', () => {
  const { clock, rings, alarm } = newAlarm()
  clock.advance(100)
  alarm.set(50)
  clock.advance(0)
  expect(rings).toEqual([100])
})

it('can be set again after it rang or was cleared', () => {
  const { clock, rings, alarm } = newAlarm()
  alarm.set(10)
  clock.advance(10)
  alarm.set(20)
  alarm.clear()
  expect(clock.timers).toBe(0)
  alarm.set(30)
  clock.advance(90)
  expect(rings).toEqual([10, 30])
})

it('sets no timer for Infinity', () => {
  const { clock, alarm } = newAlarm()
  alarm.set(Number.POSITIVE_INFINITY)
  expect(clock.timers).toBe(0)
})
