// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { Schedule } from './schedule.js'

function takeAll(schedule: Schedule<string>, now: number): string[] {
  const taken: string[] = []
  for (let due = schedule.take(now); due !== undefined; due = schedule.take(now)) {
    taken.push(`${due.owner}:${due.name}@${due.at}`)
  }
  return taken
}

describe('Schedule', () => {
  it('returns timers by time, and those with equal times in the order in which they were set', () => {
    const schedule = new Schedule()
    schedule.set(1, 'b', 20)
    schedule.set(2, 'a', 10)
    schedule.set(3, 'a', 20)
    schedule.set(1, 'a', 20)
    schedule.set(4, 'a', 21)
    expect(schedule.next()).toBe(10)
    expect(takeAll(schedule, 20)).toEqual(['2:a@10', '1:b@20', '3:a@20', '1:a@20'])
    expect(schedule.next()).toBe(21)
  })

  it('replaces a timer of the same owner and name', () => {
    const schedule = new Schedule()
    for (let at = 1; at <= 1000; at += 1) schedule.set(1, 'a', at)
    expect(schedule.next()).toBe(1000)
    expect(takeAll(schedule, 5000)).toEqual(['1:a@1000'])
    expect(schedule.next()).toBeUndefined()
  })

  it('forgets all timers of an owner and keeps those of others', () => {
    const schedule = new Schedule()
    schedule.set(1, 'a', 1)
    schedule.set(2, 'a', 1)
    schedule.set(1, 'b', 1)
    schedule.clearAll(1)
    expect(schedule.has(1, 'b')).toBe(false)
    expect(takeAll(schedule, 1)).toEqual(['2:a@1'])
  })

  it('never returns a timer set to Infinity', () => {
    const schedule = new Schedule()
    schedule.set(1, 'a', 5)
    schedule.set(1, 'a', Number.POSITIVE_INFINITY)
    expect(schedule.next()).toBeUndefined()
  })
})
