// @ts-nocheck
import { expect, it } from 'vitest'
import { SERVER_MOVES } from './server-state.js'

it('each legal move of a server leads to its state, and every other move throws', () => {
  const moves = Object.entries(SERVER_MOVES).flatMap(([from, allowed]) =>
    Object.entries(allowed).map(([move, to]) => `${from} -${move}-> ${to}`),
  )
  expect(moves).toEqual([
    'waiting -login-> logged-in',
    'waiting -close-> closed',
    'logged-in -login-> logged-in',
    'logged-in -expire-> expired',
    'logged-in -close-> closed',
  ])
  expect(Object.keys(SERVER_MOVES)).toEqual(['waiting', 'logged-in', 'expired', 'closed'])
})
