import { expect, it } from 'vitest'
import { eventFilter } from './event-filter.js'

const ofThese = (only?: string) =>
  ['playerMessage', 'playerConnect', 'disconnect', 'gap'].filter((type) => eventFilter(only)({ type }))

it('--only lets through what it names, and a gap always', () => {
  expect(ofThese()).toEqual(['playerMessage', 'playerConnect', 'disconnect', 'gap'])
  expect(ofThese('playerConnect, disconnect')).toEqual(['playerConnect', 'disconnect', 'gap'])
})

it('an event that there is not is refused', () => {
  expect(() => eventFilter('playerMessage,chat')).toThrow('there is no event "chat"; there are adminLogin')
})
