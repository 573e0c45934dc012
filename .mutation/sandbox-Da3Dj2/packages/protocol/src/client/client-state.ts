/** State of a client's session; the last four are final. */
// @ts-nocheck

export type ClientState =
  | 'new'
  | 'logging-in'
  | 'logged-in'
  | 'refused'
  | 'timed-out'
  | 'forgotten'
  | 'closed'

/** What moves a client's session from one state to another. */
export type ClientMove = 'login' | 'accepted' | 'refused' | 'timeout' | 'silence' | 'close'

/** Every legal move and the state it leads to. Any other move is an error. */
export const CLIENT_MOVES: {
  readonly [State in ClientState]: { readonly [Move in ClientMove]?: ClientState }
} = {
  new: { login: 'logging-in', close: 'closed' },
  'logging-in': { accepted: 'logged-in', refused: 'refused', timeout: 'timed-out', close: 'closed' },
  'logged-in': { silence: 'forgotten', close: 'closed' },
  refused: {},
  'timed-out': {},
  forgotten: {},
  closed: {},
}

const FINAL: ReadonlySet<ClientState> = /* @__PURE__ */ finalStates()

function finalStates(): ReadonlySet<ClientState> {
  const states = Object.keys(CLIENT_MOVES) as ClientState[]
  return new Set(states.filter((state) => Object.keys(CLIENT_MOVES[state]).length === 0))
}

/** Whether no move leaves the state. */
export function isFinal(state: ClientState): boolean {
  return FINAL.has(state)
}
