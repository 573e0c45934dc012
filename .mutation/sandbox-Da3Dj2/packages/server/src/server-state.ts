// @ts-nocheck
import { RconError, type RconErrorCode } from '@bercon/protocol'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'server-failure': RconError
    'not-connected': RconError
  }
}

/** State of a server and its socket; the last is final. */
export type RconServerState = 'idle' | 'opening' | 'listening' | 'paused' | 'closed'

/** What moves a server from one state to another. */
export type RconServerMove = 'open' | 'opened' | 'failed' | 'pause' | 'resume' | 'close'

/** Every legal move and the state it leads to. */
const RCON_SERVER_MOVES: {
  readonly [State in RconServerState]: { readonly [Move in RconServerMove]?: RconServerState }
} = {
  idle: { open: 'opening', close: 'closed' },
  opening: { opened: 'listening', failed: 'idle', close: 'closed' },
  listening: { pause: 'paused', resume: 'listening', close: 'closed' },
  paused: { pause: 'paused', resume: 'listening', close: 'closed' },
  closed: { failed: 'closed', close: 'closed' },
}

const CODES: { readonly [State in RconServerState]: RconErrorCode } = {
  idle: 'not-connected',
  opening: 'already-connected',
  listening: 'already-connected',
  paused: 'already-connected',
  closed: 'closed',
}

function sentenceFor(state: RconServerState, move: RconServerMove): string {
  if (state === 'closed') return 'The server is closed; create a new one'
  if (move === 'open') return 'listen() was already called; create another server for another port'
  return 'The server is not listening yet; call listen() and wait for it first'
}

/** @throws `RconError` if the move is not legal. */
export function nextState(state: RconServerState, move: RconServerMove): RconServerState {
  const next = RCON_SERVER_MOVES[state][move]
  if (next === undefined) throw new RconError(CODES[state], sentenceFor(state, move))
  return next
}
