import { RconError } from '@bercon/core'

/** Where a command stands that has its turn. */
export type TurnState =
  /** Sent; its echo is not there yet. */
  | 'asking'
  /** Its output is coming. */
  | 'collecting'
  /** A second command was sent, whose echo will be the end of the output. */
  | 'confirming'
  /** Its output could not be told from another's: when that is over it is asked again. */
  | 'settling'
  /** Answered; the output of a second command, or execution, is on its way, and must not get into the next one's. */
  | 'draining'
  /** Failed; what still comes for it must not get into the next command's output. */
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

/** Every legal move, and where it leads. */
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

/** @throws `RconError` for a move that the table does not have. */
export function nextTurnState(state: TurnState, move: TurnMove): TurnState {
  const next = TURN_MOVES[state][move]
  if (next === undefined) throw new RconError('closed', `No ${move} of a command that is ${state}`)
  return next
}
