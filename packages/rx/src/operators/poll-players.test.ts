import {
  ClosedError,
  CommandTimeoutError,
  ConnectionLostError,
  type Player,
  SessionLostError,
  UnexpectedReplyError,
} from '@bercon/core'
import type { RunHelpers } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { marbles } from '../../test/marbles.js'
import { pollPlayers } from './poll-players.js'

const list: readonly Player<'observable'>[] = []

describe('pollPlayers', () => {
  it('sends a request at once and then every interval', () => {
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold('-(p|)', { p: list }) }
      const polled = cold('--s', { s: session }).pipe(pollPlayers(10))
      expectObservable(polled, '^ 30ms !').toBe('---p 9ms p 9ms p', { p: list })
    })
  })

  it('drops the ticks during a request', () => {
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold('25ms (p|)', { p: list }) }
      const polled = cold('s', { s: session }).pipe(pollPlayers(10))
      expectObservable(polled, '^ 60ms !').toBe('25ms p 29ms p', { p: list })
    })
  })

  it('switches to a new session when one arrives', () => {
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

  const failures = {
    timeout: new CommandTimeoutError({
      command: 'players',
      attempts: 9,
      elapsedMs: 30_000,
      outcome: 'unknown',
    }),
    lost: new ConnectionLostError({ command: 'players', attempts: 1, elapsedMs: 9, outcome: 'unknown' }),
    nonsense: new UnexpectedReplyError({ command: 'players', reply: 'nonsense' }),
    closed: new ClosedError({ command: 'players', outcome: 'not-sent' }),
    foreign: new Error('of another library'),
  }

  /** The outcome of three requests, the second of which fails. */
  const askThreeTimes = ({ cold }: RunHelpers, error: unknown) => {
    const answers = [cold('(p|)', { p: list }), cold<typeof list>('-#', {}, error), cold('(p|)', { p: list })]
    const session = { fetchPlayers: () => answers.shift() ?? cold<typeof list>('|') }
    return cold('s', { s: session }).pipe(pollPlayers(10))
  }

  it.each(['timeout', 'lost', 'nonsense'] as const)('continues after a failed request: %s', (name) => {
    marbles((helpers) => {
      const polled = askThreeTimes(helpers, failures[name])
      helpers.expectObservable(polled, '^ 25ms !').toBe('p 19ms p', { p: list })
    })
  })

  it.each(['closed', 'foreign'] as const)('ends with a permanent error: %s', (name) => {
    marbles((helpers) => {
      const polled = askThreeTimes(helpers, failures[name])
      helpers.expectObservable(polled).toBe('p 10ms #', { p: list }, failures[name])
    })
  })

  it('ends with its session, which fails if a lost login is an error by the options', () => {
    const lost = new SessionLostError({ host: 'game.example', port: 2306 })
    marbles(({ cold, expectObservable }) => {
      const session = { fetchPlayers: () => cold('(p|)', { p: list }) }
      const polled = cold('s-----------#', { s: session }, lost).pipe(pollPlayers(10))
      expectObservable(polled).toBe('p 9ms p-#', { p: list }, lost)
    })
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses an interval of %d by name', (interval) => {
    expect(() => pollPlayers(interval)).toThrow('intervalMs must be')
  })
})
