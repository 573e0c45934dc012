// @ts-nocheck
import { RconError } from '@bercon/core'

/** The state of the command that has its turn. */
export type TurnState =
  /** Sent; its echo has not arrived yet. */
  | 'asking'
  /** Its output is arriving. */
  | 'collecting'
  /** A second command was sent, whose echo ends the output. */
  | 'confirming'
  /** Its output is mixed with another: when that ends, the command is sent again. */
  | 'settling'
  /** Answered; output of a second command, or execution, is still arriving, and must not get into the next command's. */
  | 'draining'
  /** Failed; output that still arrives for it must not get into the next command's. */
  | 'failed'
  | 'over'

/** What moves a turn from one state to another. */
export type TurnMove =
  | 'echoed'
  | 'confirm'
  | 'crossed'
  | 'again'
  | 'answered'
  | 'answered-amid'
  | 'fail'
  | 'quiet'

/** Every legal move and the state it leads to. */
export const TURN_MOVES: {
  readonly [State in TurnState]: { readonly [Move in TurnMove]?: TurnState }
} = {
  asking: { echoed: 'collecting', answered: 'over', fail: 'failed' },
  collecting: { confirm: 'confirming', answered: 'over', 'answered-amid': 'draining', fail: 'failed' },
  confirming: { 'answered-amid': 'draining', crossed: 'settling', fail: 'failed' },
  settling: { again: 'asking', fail: 'failed' },
  draining: { quiet: 'over' },
  failed: { quiet: 'over' },
  over: {},
}

/** Whether a command has neither reply nor failure yet. */
export function isOpen(state: TurnState): boolean {
  return TURN_MOVES[state].fail !== undefined
}

/** @throws `RconError` for a move that is not in the table. */
export function nextTurnState(state: TurnState, move: TurnMove): TurnState {
  const next = TURN_MOVES[state][move]
  if (next === undefined)
    throw new RconError(
      'closed',
      `Internal error: the command is "${state}", which does not allow "${move}"; please report it`,
    )
  return next
}
