import { describe, expect, it } from 'vitest'
import { Cancellation, checkSignal, endSignal, whenAborted } from './cancel-signal.js'

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
    const reasons: unknown[] = []
    whenAborted(signal, (reason) => reasons.push(reason))
    whenAborted(signal, (reason) => reasons.push(reason))
    expect(signal.aborted).toBe(false)
    abort('enough')
    abort('again')
    expect(reasons).toEqual(['enough', 'enough'])
    expect([signal.aborted, signal.reason]).toEqual([true, 'enough'])
  })

  it('does not call removed listeners', () => {
    const { signal, abort } = newSignal()
    const reasons: unknown[] = []
    whenAborted(signal, (reason) => reasons.push(reason))()
    abort('enough')
    expect(reasons).toEqual([])
  })

  it('calls a late listener at once', () => {
    const { signal, abort } = newSignal()
    const reasons: unknown[] = []
    abort('enough')
    whenAborted(signal, (reason) => reasons.push(reason))
    expect(reasons).toEqual(['enough'])
  })
})

it('a listener that throws does not keep the others from being called', () => {
  const signal = new Cancellation()
  const reasons: string[] = []
  whenAborted(signal, () => {
    throw new Error('boom')
  })
  whenAborted(signal, (reason) => reasons.push(String(reason)))
  expect(() => signal.abort('enough')).toThrow('boom')
  expect(reasons).toEqual(['enough'])
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

it('a signal stops listening to the event that it listened to', () => {
  const names: string[] = []
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: (name: string) => void names.push(`add ${name}`),
    removeEventListener: (name: string) => void names.push(`remove ${name}`),
  }
  whenAborted(signal, () => {})()
  expect(names).toEqual(['add abort', 'remove abort'])
})

it.each([[{ addEventListener: () => {} }], [{ removeEventListener: () => {} }], [5], [null], ['enough']])(
  'what is no signal is refused: %j',
  (signal) => {
    expect(() => checkSignal(signal)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', argument: 'signal', expected: 'an AbortSignal' }),
    )
  },
)

it.each([[undefined], [new AbortController().signal], [new Cancellation()]])(
  'a signal is accepted',
  (signal) => {
    expect(() => checkSignal(signal)).not.toThrow()
  },
)

describe('the signal of a connection’s end', () => {
  it('is one for all that wait for the same end', () => {
    const connection = { closed: new Promise<undefined>(() => {}) }
    expect(endSignal(connection)).toBe(endSignal(connection))
    expect(endSignal({ closed: new Promise(() => {}) })).not.toBe(endSignal(connection))
  })

  it('is aborted with the error of the end, or as closed without one', async () => {
    const error = new Error('refused')
    const signals = [error, undefined].map((reason) => endSignal({ closed: Promise.resolve(reason) }))
    await Promise.resolve()
    await Promise.resolve()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
    expect(signals[0]?.reason).toBe(error)
    expect(signals[1]?.reason).toMatchObject({ code: 'closed', command: 'waitFor', outcome: 'not-sent' })
  })
})
