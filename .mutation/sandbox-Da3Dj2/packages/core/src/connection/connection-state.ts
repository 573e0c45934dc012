// @ts-nocheck
import { RconError } from '@bercon/protocol'

/** State of a connection. */
export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'connected'
  /** Logged in, but the server stopped answering. */
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
 * Every legal move and the state it leads to. After a failed first login the caller can open the connection again, with
 * another password after a refusal. A later refusal closes the connection, because no caller waits for it. A closed
 * connection can be opened again, also to another server.
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

/** Whether a connection in this state is logged in. */
export function isLoggedInState(state: ConnectionState): boolean {
  return state === 'connected' || state === 'unresponsive'
}

/** @throws {@link RconError} for a move that is not in the table. */
export function nextConnectionState(state: ConnectionState, move: ConnectionMove): ConnectionState {
  const next = CONNECTION_MOVES[state][move]
  if (next === undefined)
    throw new RconError(
      state === 'closed' ? 'closed' : 'already-connected',
      `Internal error: the connection is "${state}", which does not allow "${move}"; please report it`,
    )
  return next
}
