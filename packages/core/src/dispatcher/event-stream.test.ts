import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { settled } from '../testing/index.js'
import { type ErrorEvents, EventDispatcher, type RconErrorEvent } from './event-dispatcher.js'
import { type EventsOptions, eventStream } from './event-stream.js'

type Events = ErrorEvents & { readonly number: number }

function newStream(options?: EventsOptions, ended?: AbortSignal) {
  const dispatch = new EventDispatcher<Events>()
  const errors: RconErrorEvent[] = []
  dispatch.on('error', (event) => errors.push(event))
  const stream = eventStream(dispatch, 'number', options, ended)
  const emit = (...events: readonly number[]) => {
    for (const event of events) dispatch.emit('number', event)
  }
  const next = async () => (await stream.next()).value as number | undefined
  return { dispatch, errors, stream, emit, next, listeners: () => dispatch.listenerCount('number') }
}

it('has every event since the call, in order, whether the loop or the event comes first', async () => {
  const { stream, emit, next } = newStream()
  emit(1, 2)
  expect([await next(), await next()]).toEqual([1, 2])
  const waiting = [stream.next(), stream.next()]
  emit(3, 4)
  expect(await Promise.all(waiting)).toEqual([
    { done: false, value: 3 },
    { done: false, value: 4 },
  ])
})

it('ends when the loop is left, and unsubscribes', async () => {
  const { stream, emit, listeners } = newStream()
  emit(1, 2, 3)
  const seen: number[] = []
  for await (const event of stream) {
    seen.push(event)
    if (event === 2) break
  }
  expect(seen).toEqual([1, 2])
  expect(listeners()).toBe(0)
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

it('ends at its signal without an error, and drops queued events', async () => {
  const controller = new AbortController()
  const { stream, emit, listeners } = newStream({ signal: controller.signal })
  emit(1, 2)
  const seen: number[] = []
  for await (const event of stream) {
    seen.push(event)
    controller.abort()
  }
  expect(seen).toEqual([1])
  expect(listeners()).toBe(0)
})

it('ends a waiting loop at its signal', async () => {
  const controller = new AbortController()
  const { stream } = newStream({ signal: controller.signal })
  const waiting = stream.next()
  controller.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

it('ends at once with a signal that is already aborted', async () => {
  const client = new AbortController()
  const { stream, listeners } = newStream({ signal: AbortSignal.abort() }, client.signal)
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  expect(listeners()).toBe(0)
  expect(getEventListeners(client.signal, 'abort')).toEqual([])
})

it('does not have the event at which an earlier listener ended it', async () => {
  const controller = new AbortController()
  const dispatch = new EventDispatcher<Events>()
  dispatch.on('number', () => controller.abort())
  const stream = eventStream(dispatch, 'number', { signal: controller.signal })
  dispatch.emit('number', 1)
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

it('emits queued events and then ends when its client ends', async () => {
  const controller = new AbortController()
  const { stream, emit, listeners } = newStream({}, controller.signal)
  emit(1, 2)
  controller.abort()
  const seen: number[] = []
  for await (const event of stream) seen.push(event)
  expect(seen).toEqual([1, 2])
  expect(listeners()).toBe(0)
})

it('keeps at most maxQueued events, drops the oldest, and reports how many in an error event', async () => {
  const { emit, next, errors } = newStream({ maxQueued: 3 })
  emit(1, 2, 3, 4, 5)
  expect(errors).toEqual([])
  expect([await next(), await next(), await next()]).toEqual([3, 4, 5])
  expect(errors).toMatchObject([
    { during: 'number', error: { name: 'EventsLostError', lost: 2, maxQueued: 3 } },
  ])
  expect(String(errors[0]?.error)).toContain('2 number events were dropped')
  emit(6, 7, 8, 9)
  expect(await next()).toBe(7)
  expect(errors[1]?.error).toMatchObject({ lost: 1 })
  await settled()
  expect(errors).toHaveLength(2)
})

it('keeps 1,000 by default', async () => {
  const { emit, next, errors } = newStream()
  emit(...Array.from({ length: 1_001 }, (_, index) => index))
  expect(await next()).toBe(1)
  expect(errors[0]?.error).toMatchObject({ lost: 1, maxQueued: 1_000 })
})

it.each([0, -1, 1.5, Number.NaN])('refuses maxQueued %d', (maxQueued) => {
  expect(() => newStream({ maxQueued })).toThrow('maxQueued')
})

it('returns that it is done when the loop is left', async () => {
  const { stream } = newStream()
  expect(await stream.return?.()).toEqual({ done: true, value: undefined })
})
