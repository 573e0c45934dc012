import { RconError } from '@bercon/protocol'

/** Where a connection stands. */
export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'connected'
  /** There is a login, and the server has stopped answering. */
  | 'unresponsive'
  | 'reconnecting'
  | 'refused'
  | 'closed'

/** What moves a connection from one state to another. */
export type ConnectionMove =
  | 'open'
  | 'logged-in'
  | 'silent'
  | 'heard'
  | 'gave-up'
  | 'refused'
  | 'lost'
  | 'close'

/**
 * Every legal move, and where it leads. A first login that fails may be asked for again, with another password after
 * a refusal; one that is refused later closes the connection, because nobody is there to be asked. A closed connection
 * can be opened again, at another server too.
 */
export const CONNECTION_MOVES: {
  readonly [State in ConnectionState]: { readonly [Move in ConnectionMove]?: ConnectionState }
} = {
  idle: { open: 'connecting', close: 'closed' },
  connecting: { 'logged-in': 'connected', 'gave-up': 'idle', refused: 'refused', close: 'closed' },
  connected: { silent: 'unresponsive', lost: 'reconnecting', close: 'closed' },
  unresponsive: { heard: 'connected', lost: 'reconnecting', close: 'closed' },
  reconnecting: { 'logged-in': 'connected', refused: 'closed', close: 'closed' },
  refused: { open: 'connecting', close: 'closed' },
  closed: { open: 'connecting' },
}

/** Whether there is a login. */
export function isLoggedInState(state: ConnectionState): boolean {
  return state === 'connected' || state === 'unresponsive'
}

/** @throws {@link RconError} for a move that the table does not have. */
export function nextConnectionState(state: ConnectionState, move: ConnectionMove): ConnectionState {
  const next = CONNECTION_MOVES[state][move]
  if (next === undefined)
    throw new RconError(
      state === 'closed' ? 'closed' : 'already-connected',
      `Internal error: the connection is "${state}", which does not allow "${move}"; please report it`,
    )
  return next
}
