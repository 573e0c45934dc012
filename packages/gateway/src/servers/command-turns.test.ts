import type { AsyncRconClient } from '@bercon/client'
import { Cancellation } from '@bercon/core/kit'
import { settled, VirtualClock } from '@bercon/core/testing'
import { expect, it } from 'vitest'
import { CommandTurns, MAX_WAITING_OF_USER } from './command-turns.js'

/** A client that sends so many at once, and keeps the rest. */
function scene(window: number) {
  const clock = new VirtualClock()
  const given: string[] = []
  const client = {
    get statistics() {
      return { queued: Math.max(0, given.length - done - window) } as AsyncRconClient['statistics']
    },
  }
  const turns = new CommandTurns(client, clock)
  let done = 0
  const failures: string[] = []
  const cancels: (() => void)[] = []
  const ask = async (user: string, timeoutMs?: number) => {
    const cancel = new AbortController()
    cancels.push(() => cancel.abort(new Error('given up')))
    const request = { user, command: 'players', timeoutMs, signal: cancel.signal }
    try {
      if (!turns.enter()) await turns.wait(request)
      given.push(user)
    } catch (error) {
      const { message, outcome } = error as Error & { outcome?: string }
      failures.push(`${user}: ${message.slice(0, 40)} ${outcome}`)
    }
  }
  const askMany = (user: string, count: number) => {
    for (let each = 0; each < count; each++) void ask(user)
  }
  const finish = async (count: number) => {
    for (let each = 0; each < count; each++) {
      done++
      turns.leave()
      await settled()
    }
  }
  return { turns, clock, given, failures, cancels, ask, askMany, finish }
}

it('gives the client what it can send at once, and one more', () => {
  const { askMany, given } = scene(64)
  askMany('ann', 1_000)
  expect(given).toHaveLength(65)
})

it('lets users take turns, however much one of them wants', async () => {
  const { askMany, given, finish } = scene(16)
  askMany('ann', 1_000)
  await settled()
  const before = given.length
  askMany('bob', 1)
  askMany('cid', 2)
  askMany('ann', 10)
  await finish(6)
  expect(given.slice(before, before + 6)).toEqual(['ann', 'bob', 'cid', 'ann', 'cid', 'ann'])
})

it('fills a window again that was narrow for a while', async () => {
  const { askMany, given, finish } = scene(100)
  askMany('ann', 500)
  await settled()
  await finish(80)
  // As many as are finished, and the one that waits in the client.
  expect(given).toHaveLength(181)
})

it('never keeps anything while there is room', async () => {
  const { askMany, given, finish } = scene(8)
  askMany('ann', 9)
  askMany('bob', 3)
  await finish(12)
  await settled()
  expect(given).toHaveLength(12)
})

it('gives up what waits too long, or is not wanted any more, and says that it was not sent', async () => {
  const { turns, ask, askMany, cancels, clock, failures, given, finish } = scene(8)
  askMany('ann', 9)
  const late = ask('bob', 500)
  const canceled = ask('cid')
  askMany('dan', 1)
  cancels.at(-2)?.()
  await clock.run(499)
  await canceled
  expect(failures).toEqual(['cid: given up not-sent'])
  await clock.run(1)
  await late
  expect(failures[1]).toBe('bob: No reply to "players" arrived within 500 not-sent')
  await finish(1)
  expect(given.slice(9)).toEqual(['dan'])
  await finish(9)
  expect(turns.enter()).toBe(true)
  expect(clock.timers).toBe(0)
})

it('keeps so many of each user and no more', () => {
  const { turns, askMany } = scene(8)
  askMany('ann', 9 + MAX_WAITING_OF_USER - 1)
  expect([turns.isFull('ann'), turns.isFull('bob')]).toEqual([false, false])
  askMany('ann', 1)
  expect([turns.isFull('ann'), turns.isFull('bob')]).toEqual([true, false])
})

it('counts what is about to wait, too', () => {
  const { turns, askMany } = scene(8)
  for (let count = 0; count < 2; count++) turns.announce('ann')
  askMany('ann', 9 + MAX_WAITING_OF_USER - 1)
  turns.arrive('ann')
  expect(turns.isFull('ann')).toBe(true)
  turns.arrive('ann')
  expect([turns.isFull('ann'), turns.isFull('bob')]).toEqual([false, false])
})

/** A client that has as many waiting as the test says, with all the places taken that it has then. */
function busy(queued = 1) {
  const clock = new VirtualClock()
  const statistics = { queued } as { queued: number } & AsyncRconClient['statistics']
  const turns = new CommandTurns({ statistics }, clock)
  let places = 0
  while (turns.enter()) places++
  return { clock, statistics, turns, places }
}

const ANN = { user: 'ann', command: 'players', signal: new Cancellation() }

it('gives no client more than it can have in flight, whatever it says', () => {
  expect(busy(0).places).toBe(128)
  expect(busy(1).places).toBe(8)
})

it('lets nobody overtake who waits, and takes anybody at once where nobody does', async () => {
  const { turns, statistics } = busy()
  const first = turns.wait(ANN)
  statistics.queued = 0
  expect(turns.enter()).toBe(false)
  turns.leave()
  await first
  expect(turns.enter()).toBe(true)
})

it('grants a free place at once when nobody waits any more', async () => {
  const { turns, statistics } = busy()
  const last = turns.wait(ANN)
  turns.leave()
  await last
  expect(turns.enter()).toBe(false)
  statistics.queued = 0
  expect(turns.enter()).toBe(true)
})

it('keeps no timer for what may wait without end', () => {
  const { turns, clock } = busy()
  void turns.wait({ ...ANN, timeoutMs: Number.POSITIVE_INFINITY })
  expect(clock.timers).toBe(0)
})

it('grants a place to a command that is canceled in the same moment; the command returns it', async () => {
  const { turns } = busy()
  const signal = new Cancellation()
  const late = turns.wait({ ...ANN, signal })
  turns.leave()
  expect(() => signal.abort(new Error('given up'))).not.toThrow()
  await late
  expect(turns.enter()).toBe(false)
  turns.leave()
  expect(turns.enter()).toBe(true)
})

it('says of what is given up that it is closed and was not sent', async () => {
  const { turns } = busy()
  const signal = new Cancellation()
  const waits = turns.wait({ ...ANN, signal })
  signal.abort('no more')
  await expect(waits).rejects.toMatchObject({ code: 'closed', message: 'no more', outcome: 'not-sent' })
})
