import { ClientSession, type ClientSessionOptions } from '@bercon/protocol'
import type { Request } from '../steps.js'

/** What a connection needs of a session: `ClientSession` is one, and a dialect may put its own around it. */
export type Session = Pick<
  ClientSession,
  | 'state'
  | 'statistics'
  | 'login'
  | 'sendCommand'
  | 'cancel'
  | 'receive'
  | 'handleTimeout'
  | 'nextTimeout'
  | 'takeDatagrams'
  | 'takeEvents'
  | 'close'
>

/** How a server answers a command. */
export interface Dialect {
  readonly name: string
  /**
   * URL of the module whose export `dialect` is this dialect, so that a worker can import it: no function crosses a
   * thread. Nothing for the one that every worker has.
   */
  readonly module?: string
  /** What a connection asks at each login and from time to time, so that the list of players is right. */
  readonly refresh: Request
  readonly createSession: (options: Partial<ClientSessionOptions>) => Session
}

/** BattlEye's own: the response to a command is its reply (P6). */
export const battleye: Dialect = {
  name: 'battleye',
  refresh: { text: 'players', resend: true },
  createSession: (options: Partial<ClientSessionOptions>): Session => new ClientSession(options),
}
