import type { Player } from '@bercon/core'
import { describe, expect, it } from 'vitest'
import { marbles } from '../../test/marbles.js'
import { pollPlayers } from './poll-players.js'

const list: readonly Player<'observable'>[] = []

describe('pollPlayers', () => {
  it('asks at once and then every interval', () => {
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold('-(p|)', { p: list }) }
      const polled = cold('--s', { s: session }).pipe(pollPlayers(10))
      expectObservable(polled, '^ 30ms !').toBe('---p 9ms p 9ms p', { p: list })
    })
  })

  it('drops the ticks that come while a reply is awaited', () => {
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold('25ms (p|)', { p: list }) }
      const polled = cold('s', { s: session }).pipe(pollPlayers(10))
      expectObservable(polled, '^ 60ms !').toBe('25ms p 29ms p', { p: list })
    })
  })

  it('leaves the session before when a new one comes', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const slow = cold('-----(p|)', { p: list })
      const sessions = {
        a: { fetchPlayers: () => slow },
        b: { fetchPlayers: () => cold('(p|)', { p: list }) },
      }
      const polled = hot('a--b', sessions).pipe(pollPlayers(100))
      expectObservable(polled, '^----!').toBe('---p', { p: list })
      expectSubscriptions(slow.subscriptions).toBe('^--!')
    })
  })

  it('ends with the error of a question that fails, and asks no more', () => {
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold<readonly Player<'observable'>[]>('-#') }
      expectObservable(cold('s', { s: session }).pipe(pollPlayers(10))).toBe('-#')
    })
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an interval of %d by name', (interval) => {
    expect(() => pollPlayers(interval)).toThrow('intervalMs must be')
  })
})
