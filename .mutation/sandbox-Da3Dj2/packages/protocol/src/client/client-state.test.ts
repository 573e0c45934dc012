// @ts-nocheck
import { describe, expect, it } from 'vitest'
import { CLIENT_MOVES, type ClientState, isFinal } from './client-state.js'

const states = Object.keys(CLIENT_MOVES) as ClientState[]

describe('the states of a client', () => {
  it('each legal move leads to its state, and every other move throws', () => {
    const moves = states.flatMap((from) =>
      Object.entries(CLIENT_MOVES[from]).map(([move, to]) => `${from} -${move}-> ${to}`),
    )
    expect(moves).toEqual([
      'new -login-> logging-in',
      'new -close-> closed',
      'logging-in -accepted-> logged-in',
      'logging-in -refused-> refused',
      'logging-in -timeout-> timed-out',
      'logging-in -close-> closed',
      'logged-in -silence-> forgotten',
      'logged-in -close-> closed',
    ])
  })

  it('no move leaves the four final states', () => {
    expect(states.filter(isFinal)).toEqual(['refused', 'timed-out', 'forgotten', 'closed'])
  })
})
