// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { Cancellation, whenAborted } from './cancel-signal.js'

describe.each([
  [
    'an AbortSignal',
    () => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: (reason: unknown) => controller.abort(reason) }
    },
  ],
  [
    'a Cancellation',
    () => {
      const signal = new Cancellation()
      return { signal, abort: (reason: unknown) => signal.abort(reason) }
    },
  ],
])('%s', (_, newSignal) => {
  it('calls every waiting listener once, with its reason', () => {
    const { signal, abort } = newSignal()
    const told: unknown[] = []
    whenAborted(signal, (reason) => told.push(reason))
    whenAborted(signal, (reason) => told.push(reason))
    expect(signal.aborted).toBe(false)
    abort('enough')
    abort('again')
    expect(told).toEqual(['enough', 'enough'])
    expect([signal.aborted, signal.reason]).toEqual([true, 'enough'])
  })

  it('does not call removed listeners', () => {
    const { signal, abort } = newSignal()
    const told: unknown[] = []
    whenAborted(signal, (reason) => told.push(reason))()
    abort('enough')
    expect(told).toEqual([])
  })

  it('calls a late listener at once', () => {
    const { signal, abort } = newSignal()
    const told: unknown[] = []
    abort('enough')
    whenAborted(signal, (reason) => told.push(reason))
    expect(told).toEqual(['enough'])
  })
})

it('a listener that throws does not keep the others from being called', () => {
  const signal = new Cancellation()
  const told: string[] = []
  whenAborted(signal, () => {
    throw new Error('boom')
  })
  whenAborted(signal, (reason) => told.push(String(reason)))
  expect(() => signal.abort('enough')).toThrow('boom')
  expect(told).toEqual(['enough'])
})

it('a signal has one listener, regardless of how many wait for it, and none when nobody does', () => {
  let listeners = 0
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: () => void listeners++,
    removeEventListener: () => void listeners--,
  }
  const stops = Array.from({ length: 20 }, () => whenAborted(signal, () => {}))
  expect(listeners).toBe(1)
  for (const stop of [...stops, ...stops]) stop()
  expect(listeners).toBe(0)
  whenAborted(signal, () => {})
  expect(listeners).toBe(1)
})

it('without a signal the listener is never called', () => {
  expect(whenAborted(undefined, () => expect.unreachable())).not.toThrow()
})
