/** Where a server's session with one peer stands; the last two are final. */
export type ServerState = 'waiting' | 'logged-in' | 'expired' | 'closed'

/** What moves a server's session from one state to another. */
export type ServerMove = 'login' | 'expire' | 'close'

/** Every legal move, and where it leads. What is not here cannot happen. */
export const SERVER_MOVES: {
  readonly [State in ServerState]: { readonly [Move in ServerMove]?: ServerState }
} = {
  waiting: { login: 'logged-in', close: 'closed' },
  // A client that comes again from the same port.
  'logged-in': { login: 'logged-in', expire: 'expired', close: 'closed' },
  expired: {},
  closed: {},
}

/** Whether nothing leads out of a state. */
export function isFinal(state: ServerState): boolean {
  return state === 'expired' || state === 'closed'
}
