// @ts-nocheck
import { describe, it } from 'vitest'
import { marbles } from '../../test/marbles.js'
import { ofEvent } from './of-event.js'

describe('ofEvent', () => {
  it('keeps the events with one of the names, in order', () => {
    marbles(({ cold, expectObservable }) => {
      const events = { a: { type: 'playerKick' }, b: { type: 'playerMessage' }, c: { type: 'adminLogin' } }
      const source = cold('-a-b-c-a|', events)
      expectObservable(source.pipe(ofEvent('playerKick'))).toBe('-a-----a|', events)
      expectObservable(source.pipe(ofEvent('playerKick', 'adminLogin'))).toBe('-a---c-a|', events)
      expectObservable(source.pipe(ofEvent())).toBe('--------|')
    })
  })
})
