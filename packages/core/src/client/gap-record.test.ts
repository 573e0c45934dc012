import { expect, it } from 'vitest'
import type { ConnectionEvent } from '../connection/connection-event.js'
import { type Gap, GapRecord } from './gap-record.js'

const connect = (at: number): ConnectionEvent => ({
  type: 'connect',
  at,
  address: '',
  attempts: 1,
  elapsedMs: 0,
})
const message = (at: number): ConnectionEvent => ({ type: 'message', at, text: '', sequence: 0, number: 0 })
const command = (at: number): ConnectionEvent => ({ type: 'command', at, text: '', reply: '', sentAfter: 0 })
const lost = (at: number): ConnectionEvent => ({ type: 'disconnect', at, reason: 'forgotten' })

function gapsIn(...events: readonly ConnectionEvent[]): readonly Gap[] {
  const record = new GapRecord()
  return events.map((event) => record.follow(event)).filter((gap) => gap !== undefined)
}

it('starts ten seconds before the last sign of the lost login, and ends with the next login', () => {
  expect(gapsIn(connect(0), message(50_000), lost(109_000), connect(120_000))).toEqual([
    { from: 40_000, to: 120_000 },
  ])
})

it('counts an answer as a sign, too', () => {
  expect(gapsIn(connect(0), command(50_000), connect(60_000))).toEqual([{ from: 40_000, to: 60_000 }])
})

it('counts what the connection knows of the server, if that is later than the last event', () => {
  const gapWith = (knownAt: number) => {
    const record = new GapRecord()
    for (const event of [connect(0), message(50_000)]) record.follow(event)
    return record.follow(connect(120_000), knownAt)?.from
  }
  expect(gapWith(70_000)).toBe(60_000)
  expect(gapWith(30_000)).toBe(40_000)
})

it('does not start before that login', () => {
  expect(gapsIn(connect(1_000), message(2_000), connect(60_000))).toEqual([{ from: 1_000, to: 60_000 }])
})

it('is also where events were dropped', () => {
  const dropped: ConnectionEvent = { type: 'eventsDropped', at: 3_000, from: 2_000, count: 7 }
  expect(gapsIn(connect(0), dropped)).toEqual([{ from: 2_000, to: 3_000 }])
})

it('does not exist at the first login, but at each later one', () => {
  expect(gapsIn(connect(0), connect(5_000), connect(9_000))).toEqual([
    { from: 0, to: 5_000 },
    { from: 5_000, to: 9_000 },
  ])
})

it('does not end before it starts if the clock was set back', () => {
  expect(gapsIn(connect(0), message(900_000), connect(100_000))).toEqual([{ from: 100_000, to: 100_000 }])
})
