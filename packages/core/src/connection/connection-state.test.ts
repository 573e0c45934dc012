import { describe, expect, it } from 'vitest'
import {
  CONNECTION_MOVES,
  type ConnectionMove,
  type ConnectionState,
  isLoggedInState,
  nextConnectionState,
} from './connection-state.js'

const STATES = Object.keys(CONNECTION_MOVES) as readonly ConnectionState[]
const MOVES: readonly ConnectionMove[] = [
  'open',
  'logged-in',
  'silent',
  'heard',
  'gave-up',
  'refused',
  'lost',
  'close',
]

describe('a connection', () => {
  it.each(STATES)('that is %s makes only the moves of the table', (state) => {
    for (const move of MOVES) {
      const next = CONNECTION_MOVES[state][move]
      if (next !== undefined) expect(nextConnectionState(state, move)).toBe(next)
      else
        expect(() => nextConnectionState(state, move)).toThrow(
          `Internal error: the connection is "${state}", which does not allow "${move}"; please report it`,
        )
    }
  })

  it('that is closed fails as closed, and any other as connected already', () => {
    expect(() => nextConnectionState('closed', 'heard')).toThrow(expect.objectContaining({ code: 'closed' }))
    const connected = expect.objectContaining({ code: 'already-connected' })
    expect(() => nextConnectionState('connected', 'open')).toThrow(connected)
  })

  it('is logged in while it is connected, whether the server responds or not', () => {
    expect(STATES.filter(isLoggedInState)).toEqual(['connected', 'unresponsive'])
  })

  it('that is closed stays closed until it is opened again', () => {
    expect(CONNECTION_MOVES.closed).toEqual({ open: 'connecting' })
  })
})
