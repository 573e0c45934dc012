// @ts-nocheck
import { expect, test } from 'vitest'
import { nextTurnState, TURN_MOVES, type TurnMove, type TurnState } from './turn-state.js'

test('every state except the last has moves, and all lead to the last', () => {
  const reached = new Set<TurnState>(['over'])
  const states = Object.keys(TURN_MOVES) as TurnState[]
  for (let round = 0; round < states.length; round++)
    for (const state of states)
      if (Object.values(TURN_MOVES[state]).some((next) => reached.has(next))) reached.add(state)
  expect([...reached].sort()).toEqual([...states].sort())
  expect(TURN_MOVES.over).toEqual({})
})

test('a move that is not in the table throws, from every state', () => {
  const states = Object.keys(TURN_MOVES) as TurnState[]
  const moves = new Set(states.flatMap((state) => Object.keys(TURN_MOVES[state]) as TurnMove[]))
  for (const state of states)
    for (const move of moves) {
      const next = TURN_MOVES[state][move]
      if (next !== undefined) expect(nextTurnState(state, move)).toBe(next)
      else
        expect(() => nextTurnState(state, move)).toThrow(
          `Internal error: the command is "${state}", which does not allow "${move}"; please report it`,
        )
    }
})
