import { expect, test } from 'vitest'
import { TURN_MOVES, type TurnState } from './turn-state.js'

test('every state but the last leads on, and all lead to the last', () => {
  const reached = new Set<TurnState>(['over'])
  const states = Object.keys(TURN_MOVES) as TurnState[]
  for (let round = 0; round < states.length; round++)
    for (const state of states)
      if (Object.values(TURN_MOVES[state]).some((next) => reached.has(next))) reached.add(state)
  expect([...reached].sort()).toEqual([...states].sort())
  expect(TURN_MOVES.over).toEqual({})
})
