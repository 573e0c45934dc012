// @ts-nocheck
import type { ClientClock } from '@bercon/core'
import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs'
import { expect, it } from 'vitest'
import { simulatedServer } from '../../test/simulated-server.js'
import { connectRcon } from '../connect-rcon.js'
import { pollPlayers } from './poll-players.js'

const INTERVAL_MS = 10_000
const MINUTE_MS = 60_000

/** RxJS's time by a clock. */
function schedulerOf(clock: ClientClock): SchedulerLike {
  return {
    now: () => clock.now(),
    schedule: <T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T) => {
      const action: SchedulerAction<T> = Object.assign(new Subscription(), {
        schedule: (next?: T, ms = 0) => {
          action.add(clock.setTimer(() => work.call(action, next), ms))
          return action
        },
      })
      return action.schedule(state, delay)
    },
  }
}

async function pollOverRestart(onLost: 'reconnect' | 'error') {
  const { clock, simulator, target } = await simulatedServer()
  const polled: string[] = []
  const ends: unknown[] = []
  const subscription = connectRcon({ ...target, onLost })
    .pipe(pollPlayers(INTERVAL_MS, schedulerOf(clock)))
    .subscribe({
      next: (players) => polled.push(players.join(' and ')),
      error: (error: unknown) => ends.push(error),
      complete: () => ends.push('complete'),
    })
  simulator.world.join({ name: 'Ann' })
  await clock.run(MINUTE_MS)
  const before = polled.length
  simulator.crash()
  simulator.world.join({ name: 'Bob' })
  await clock.run(2 * MINUTE_MS)
  const away = polled.length - before
  simulator.revive()
  await clock.run(2 * MINUTE_MS)
  const after = polled.slice(before + away)
  subscription.unsubscribe()
  await simulator.close()
  return { before, away, after, ends }
}

it('continues on its own through a restart of two minutes', async () => {
  const { before, away, after, ends } = await pollOverRestart('reconnect')
  expect(before).toBe(7)
  expect(away).toBe(0)
  expect(after.length).toBeGreaterThan(6)
  expect(new Set(after)).toEqual(new Set(['Ann and Bob']))
  expect(ends).toEqual([])
})

it('ends if a lost login is an error by the options', async () => {
  const { after, ends } = await pollOverRestart('error')
  expect(after).toEqual([])
  expect(ends).toMatchObject([{ code: 'session-lost' }])
})
