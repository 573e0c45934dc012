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
  it('tells everybody who waits for it, once, with its reason', () => {
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

  it('tells nobody who has stopped to wait', () => {
    const { signal, abort } = newSignal()
    const told: unknown[] = []
    whenAborted(signal, (reason) => told.push(reason))()
    abort('enough')
    expect(told).toEqual([])
  })

  it('tells at once whoever comes late', () => {
    const { signal, abort } = newSignal()
    const told: unknown[] = []
    abort('enough')
    whenAborted(signal, (reason) => told.push(reason))
    expect(told).toEqual(['enough'])
  })
})

it('without a signal nothing is ever told', () => {
  expect(whenAborted(undefined, () => expect.unreachable())).not.toThrow()
})
