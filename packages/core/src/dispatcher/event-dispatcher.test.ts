import { expect, it } from 'vitest'
import { settled } from '../testing/index.js'
import { type ErrorEvents, EventDispatcher, type RconErrorEvent } from './event-dispatcher.js'

type Events = ErrorEvents & { readonly one: number; readonly two: string }

function newDispatcher() {
  const dispatch = new EventDispatcher<Events>()
  const emitted: unknown[] = []
  const errors: RconErrorEvent[] = []
  dispatch.on('error', (event) => errors.push(event))
  return { dispatch, emitted, errors }
}

it('emits each event to the listeners of its name, in the order in which they were added', () => {
  const { dispatch, emitted } = newDispatcher()
  dispatch.on('one', (event) => emitted.push(`a${event}`))
  dispatch.on('one', (event) => emitted.push(`b${event}`))
  dispatch.on('two', (event) => emitted.push(event))
  dispatch.emit('one', 1)
  dispatch.emit('two', 'x')
  expect(emitted).toEqual(['a1', 'b1', 'x'])
})

it('an event without listeners has no effect', () => {
  const { dispatch, errors } = newDispatcher()
  dispatch.emit('one', 1)
  expect(errors).toEqual([])
})

it('a listener added twice is called twice, and removed one at a time', () => {
  const { dispatch, emitted } = newDispatcher()
  const listener = (event: number) => emitted.push(event)
  dispatch.on('one', listener)
  dispatch.on('one', listener)
  dispatch.emit('one', 1)
  expect(dispatch.off('one', listener)).toBe(true)
  expect(dispatch.listenerCount('one')).toBe(1)
  dispatch.emit('one', 2)
  expect(dispatch.off('one', listener)).toBe(true)
  expect(dispatch.off('one', listener)).toBe(false)
  expect(emitted).toEqual([1, 1, 2])
  expect(dispatch.listenerCount('one')).toBe(0)
})

it('once calls once, and can be removed before', () => {
  const { dispatch, emitted } = newDispatcher()
  dispatch.once('one', (event) => emitted.push(event))
  const off = dispatch.once('one', () => emitted.push('never'))
  off()
  dispatch.emit('one', 1)
  dispatch.emit('one', 2)
  expect(emitted).toEqual([1])
})

it('a listener added or removed during an event does not affect that event', () => {
  const { dispatch, emitted } = newDispatcher()
  const late = () => emitted.push('late')
  const off = dispatch.on('one', () => {
    emitted.push('first')
    dispatch.on('one', late)
    off()
  })
  dispatch.on('one', () => emitted.push('second'))
  dispatch.emit('one', 1)
  dispatch.emit('one', 2)
  expect(emitted).toEqual(['first', 'second', 'second', 'late'])
})

it('a listener that throws becomes an error event, and the others are called', () => {
  const { dispatch, emitted, errors } = newDispatcher()
  const error = new Error('broken')
  dispatch.on('one', () => {
    throw error
  })
  dispatch.on('one', (event) => emitted.push(event))
  dispatch.emit('one', 1)
  expect(emitted).toEqual([1])
  expect(errors).toEqual([{ type: 'error', error, during: 'one' }])
})

it('a listener that rejects becomes an error event', async () => {
  const { dispatch, emitted, errors } = newDispatcher()
  dispatch.on('one', async () => {
    throw 'async'
  })
  dispatch.on('one', (event) => emitted.push(event))
  dispatch.emit('one', 1)
  expect(emitted).toEqual([1])
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
  const { dispatch, emitted } = newDispatcher()
  dispatch.on('one', () => {
    emitted.push('before')
    dispatch.emit('two', 'inner')
    emitted.push('after')
  })
  dispatch.on('two', (event) => emitted.push(event))
  dispatch.emit('one', 1)
  expect(emitted).toEqual(['before', 'inner', 'after'])
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

it('a listener may return anything that is no promise', async () => {
  const { dispatch, errors } = newDispatcher()
  for (const outcome of [null, undefined, 5, {}, Object.fromEntries([['then', 5]])])
    dispatch.on('one', () => outcome as never)
  dispatch.emit('one', 1)
  await settled()
  expect(errors).toEqual([])
})

it('the name of an event comes before its listener', () => {
  const { dispatch } = newDispatcher()
  dispatch.declare(['one', 'two'])
  const on =
    (...given: unknown[]) =>
    () =>
      (dispatch.on as (...given: unknown[]) => unknown).apply(dispatch, given)
  const order = 'The first argument must be the name of an event, and the second the listener'
  function two(): void {}
  expect(on(two, 'two')).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      argument: 'name',
      expected: 'the name of an event',
      message: `${order}; did you mean "two"?`,
    }),
  )
  expect(on(5, () => {})).toThrow(expect.objectContaining({ argument: 'name', message: order }))
})

it('a name that was not declared is refused, and shown as far as it can matter', () => {
  const { dispatch } = newDispatcher()
  dispatch.declare(['one'])
  const refused = (name: string, message: string) =>
    expect(() => dispatch.on(name as 'one', () => {})).toThrow(
      expect.objectContaining({ argument: 'name', expected: 'the name of an event', message }),
    )
  refused('on_one', 'There is no event "on_one"; did you mean "one"?')
  const help = '; declare an event of your own with dispatch.declare()'
  refused('x'.repeat(200), `There is no event "${'x'.repeat(80)}"${help}`)
  expect(() => dispatch.on('error', () => {})).not.toThrow()
})

it.each([
  [undefined, 'The listener of "one" is missing; pass a function as the second argument'],
  [null, 'The listener of "one" is missing; pass a function as the second argument'],
  [{ once: true }, 'listener must be a function, but is an object'],
])('a listener that is none is refused by the name of its event: %j', (listener, message) => {
  const { dispatch } = newDispatcher()
  for (const on of [
    () => dispatch.on('one', listener as never),
    () => dispatch.once('one', listener as never),
  ])
    expect(on).toThrow(expect.objectContaining({ argument: 'listener', expected: 'a function', message }))
})

it('calls a watcher with the name of each event that has another number of listeners', () => {
  const dispatch = new EventDispatcher<ErrorEvents & { greeting: string; farewell: string }>()
  const changed: string[] = []
  const stop = dispatch.watch((name) => changed.push(`${name} ${dispatch.listenerCount(name)}`))
  const off = dispatch.on('greeting', () => {})
  dispatch.once('farewell', () => {})
  off()
  off()
  dispatch.emit('farewell', 'bye')
  expect(changed).toEqual(['greeting 1', 'farewell 1', 'greeting 0', 'farewell 0'])
  stop()
  dispatch.on('greeting', () => {})
  expect(changed).toHaveLength(4)
})
