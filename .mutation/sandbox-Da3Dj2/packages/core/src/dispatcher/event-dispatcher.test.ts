// @ts-nocheck
import { expect, it } from 'vitest'
import { settled } from '../testing/index.js'
import { type ErrorEvents, EventDispatcher, type RconErrorEvent } from './event-dispatcher.js'

type Events = ErrorEvents & { readonly one: number; readonly two: string }

function newDispatcher() {
  const dispatch = new EventDispatcher<Events>()
  const told: unknown[] = []
  const errors: RconErrorEvent[] = []
  dispatch.on('error', (event) => errors.push(event))
  return { dispatch, told, errors }
}

it('emits each event to the listeners of its name, in the order in which they were added', () => {
  const { dispatch, told } = newDispatcher()
  dispatch.on('one', (event) => told.push(`a${event}`))
  dispatch.on('one', (event) => told.push(`b${event}`))
  dispatch.on('two', (event) => told.push(event))
  dispatch.emit('one', 1)
  dispatch.emit('two', 'x')
  expect(told).toEqual(['a1', 'b1', 'x'])
})

it('an event without listeners has no effect', () => {
  const { dispatch, errors } = newDispatcher()
  dispatch.emit('one', 1)
  expect(errors).toEqual([])
})

it('a listener added twice is called twice, and removed one at a time', () => {
  const { dispatch, told } = newDispatcher()
  const listener = (event: number) => told.push(event)
  dispatch.on('one', listener)
  dispatch.on('one', listener)
  dispatch.emit('one', 1)
  expect(dispatch.off('one', listener)).toBe(true)
  expect(dispatch.listenerCount('one')).toBe(1)
  dispatch.emit('one', 2)
  expect(dispatch.off('one', listener)).toBe(true)
  expect(dispatch.off('one', listener)).toBe(false)
  expect(told).toEqual([1, 1, 2])
  expect(dispatch.listenerCount('one')).toBe(0)
})

it('once calls once, and can be removed before', () => {
  const { dispatch, told } = newDispatcher()
  dispatch.once('one', (event) => told.push(event))
  const off = dispatch.once('one', () => told.push('never'))
  off()
  dispatch.emit('one', 1)
  dispatch.emit('one', 2)
  expect(told).toEqual([1])
})

it('a listener added or removed during an event does not affect that event', () => {
  const { dispatch, told } = newDispatcher()
  const late = () => told.push('late')
  const off = dispatch.on('one', () => {
    told.push('first')
    dispatch.on('one', late)
    off()
  })
  dispatch.on('one', () => told.push('second'))
  dispatch.emit('one', 1)
  dispatch.emit('one', 2)
  expect(told).toEqual(['first', 'second', 'second', 'late'])
})

it('a listener that throws becomes an error event, and the others are called', () => {
  const { dispatch, told, errors } = newDispatcher()
  const error = new Error('broken')
  dispatch.on('one', () => {
    throw error
  })
  dispatch.on('one', (event) => told.push(event))
  dispatch.emit('one', 1)
  expect(told).toEqual([1])
  expect(errors).toEqual([{ type: 'error', error, during: 'one' }])
})

it('a listener that rejects becomes an error event', async () => {
  const { dispatch, told, errors } = newDispatcher()
  dispatch.on('one', async () => {
    throw 'async'
  })
  dispatch.on('one', (event) => told.push(event))
  dispatch.emit('one', 1)
  expect(told).toEqual([1])
  await settled()
  expect(errors).toEqual([{ type: 'error', error: 'async', during: 'one' }])
})

it('an error in a listener of error ends there', async () => {
  const dispatch = new EventDispatcher<Events>()
  let calls = 0
  dispatch.on('error', () => {
    calls++
    throw new Error('again')
  })
  dispatch.on('error', () => Promise.reject(new Error('and again')))
  dispatch.on('one', () => {
    throw new Error('first')
  })
  dispatch.emit('one', 1)
  await settled()
  expect(calls).toBe(1)
})

it('an event emitted within another is emitted at once', () => {
  const { dispatch, told } = newDispatcher()
  dispatch.on('one', () => {
    told.push('before')
    dispatch.emit('two', 'inner')
    told.push('after')
  })
  dispatch.on('two', (event) => told.push(event))
  dispatch.emit('one', 1)
  expect(told).toEqual(['before', 'inner', 'after'])
})

it('an unsubscribe function acts once, even if the same listener was added twice', () => {
  const dispatcher = new EventDispatcher<ErrorEvents & { readonly tick: number }>()
  const listener = () => {}
  const off = dispatcher.on('tick', listener)
  dispatcher.on('tick', listener)
  off()
  off()
  expect(dispatcher.listenerCount('tick')).toBe(1)
})
