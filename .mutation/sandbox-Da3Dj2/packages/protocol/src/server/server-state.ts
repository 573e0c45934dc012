/** State of a server's session with one peer; the last two are final. */
// @ts-nocheck

export type ServerState = 'waiting' | 'logged-in' | 'expired' | 'closed'

/** What moves a server's session from one state to another. */
export type ServerMove = 'login' | 'expire' | 'close'

/** Every legal move and the state it leads to. Any other move is an error. */
export const SERVER_MOVES: {
  readonly [State in ServerState]: { readonly [Move in ServerMove]?: ServerState }
} = {
  waiting: { login: 'logged-in', close: 'closed' },
  // A client that logs in again from the same port.
  'logged-in': { login: 'logged-in', expire: 'expired', close: 'closed' },
  expired: {},
  closed: {},
}

/** Whether no move leaves the state. */
export function isFinal(state: ServerState): boolean {
  return state === 'expired' || state === 'closed'
}
