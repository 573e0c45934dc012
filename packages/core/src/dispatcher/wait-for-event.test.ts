import { expect, it } from 'vitest'
import type { CancelSignal } from '../cancel-signal.js'
import { settled, VirtualClock } from '../testing/index.js'
import { type ErrorEvents, EventDispatcher } from './event-dispatcher.js'
import { type WaitOptions, waitForEvent } from './wait-for-event.js'

type Events = ErrorEvents & { readonly number: number }

function newWait(options?: WaitOptions<number>, ended?: CancelSignal) {
  const clock = new VirtualClock()
  const dispatch = new EventDispatcher<Events>()
  const waited = waitForEvent({ dispatch, clock, ended }, 'number', options)
  const left = () => [dispatch.listenerCount('number'), clock.timers]
  return { clock, dispatch, waited, left }
}

it('returns the next event', async () => {
  const { dispatch, waited, left } = newWait()
  dispatch.emit('number', 1)
  dispatch.emit('number', 2)
  expect(await waited).toBe(1)
  expect(left()).toEqual([0, 0])
})

it('returns the next event that passes the check, which may be a promise', async () => {
  const { dispatch, waited, left } = newWait({ check: async (event) => event > 2, timeoutMs: 1_000 })
  for (const event of [1, 2, 3, 4]) dispatch.emit('number', event)
  expect(await waited).toBe(3)
  expect(left()).toEqual([0, 0])
})

it.each([
  [
    'thrown',
    () => {
      throw new Error('bad check')
    },
  ],
  ['rejected', () => Promise.reject(new Error('bad check'))],
])('fails with an error that is %s in the check', async (_, check) => {
  const { dispatch, waited, left } = newWait({ check })
  const failed = expect(waited).rejects.toThrow('bad check')
  dispatch.emit('number', 1)
  await failed
  expect(left()).toEqual([0, 0])
})

it('fails after its timeout, not before', async () => {
  const { clock, waited, left } = newWait({ timeoutMs: 5_000 })
  let settledAs = 'waiting'
  const failure = { code: 'wait-timeout', event: 'number', timeoutMs: 5_000, name: 'WaitTimeoutError' }
  const failed = expect(
    waited.catch((error: unknown) => {
      settledAs = 'failed'
      throw error
    }),
  ).rejects.toMatchObject(failure)
  await clock.run(4_999)
  expect(settledAs).toBe('waiting')
  await clock.run(1)
  await failed
  expect(left()).toEqual([0, 0])
})

it('is canceled by its signal, even if that is already aborted', async () => {
  const controller = new AbortController()
  const { waited, left } = newWait({ signal: controller.signal, timeoutMs: 5_000 })
  const failed = expect(waited).rejects.toBe('enough')
  controller.abort('enough')
  await failed
  expect(left()).toEqual([0, 0])
  const late = newWait({ signal: AbortSignal.abort('too late') })
  await expect(late.waited).rejects.toBe('too late')
  expect(late.left()).toEqual([0, 0])
})

it('is canceled like all others when its client ends', async () => {
  const controller = new AbortController()
  const { waited, left } = newWait({}, controller.signal)
  const failed = expect(waited).rejects.toBe('closed')
  controller.abort('closed')
  await failed
  expect(left()).toEqual([0, 0])
})

it('leaves no listener at its signals', async () => {
  let listeners = 0
  const newSignal = () => ({
    aborted: false,
    reason: undefined,
    addEventListener: () => void listeners++,
    removeEventListener: () => void listeners--,
  })
  const { dispatch, waited } = newWait({ signal: newSignal() }, newSignal())
  expect(listeners).toBe(2)
  dispatch.emit('number', 1)
  await waited
  await settled()
  expect(listeners).toBe(0)
})

it.each([[undefined], [Number.POSITIVE_INFINITY]])('without a timeout, sets no timer: %s', (timeoutMs) => {
  expect(newWait({ timeoutMs }).clock.timers).toBe(0)
})

it('refuses a bad timeout by name', async () => {
  const refused = { code: 'invalid-argument', argument: 'timeoutMs' }
  await expect(newWait({ timeoutMs: -1 }).waited).rejects.toMatchObject(refused)
})
