import {
  ClientSession,
  type ClientSessionEvent,
  type ClientSessionOptions,
  type CommandOptions,
  type FailureReason,
} from '@bercon/protocol'
import { playersProblem } from '../commands/list-problem.js'
import { parsePlayers } from '../parsers/players-reply.js'
import type { CommandRequest } from '../steps.js'

/** A request that failed in a session; only a dialect reports replies that arrived in part. */
export type SessionFailure = Omit<Extract<ClientSessionEvent, { readonly type: 'failure' }>, 'reason'> & {
  readonly reason: FailureReason | 'incomplete'
}

/** The events that a session emits. */
export type SessionEvent = Exclude<ClientSessionEvent, { readonly type: 'failure' }> | SessionFailure

/** What a connection needs of a session, such as `ClientSession`; a dialect may wrap its own around it. */
export interface Session extends SessionMethods {
  /** Like `sendCommand` of `ClientSession`; `verifyEnd` is the request's. A connection passes the text itself. */
  sendCommand(
    command: Uint8Array | string,
    options: CommandOptions & Pick<CommandRequest, 'verifyEnd'>,
    now: number,
  ): number
  /** The events since the last call. */
  takeEvents(): readonly SessionEvent[]
  /**
   * Logs out, if the server supports that. Called once, right before a session that is logged in ends. Its datagrams
   * are sent at once; no answer is awaited.
   */
  leave?(now: number): void
}

type SessionMethods = Pick<
  ClientSession,
  | 'state'
  | 'statistics'
  | 'login'
  | 'cancel'
  | 'receive'
  | 'handleTimeout'
  | 'nextTimeout'
  | 'takeDatagrams'
  | 'close'
>

/** How a kind of server answers commands. */
export interface Dialect {
  readonly name: string
  /**
   * URL of the module that exports this dialect as `dialect`, so that a worker can import it: functions cannot cross
   * threads. `undefined` for the dialect that every worker has.
   */
  readonly module?: string
  /** The command that a connection sends at each login and at intervals to keep the list of players correct. */
  readonly refresh: CommandRequest
  /** Whether a reply to it is complete; if not, it is requested once more. @default every reply is */
  readonly isWholeList?: (reply: string) => boolean
  /** Creates the session for one login. */
  readonly createSession: (options: Partial<ClientSessionOptions>) => Session
}

/** BattlEye's own dialect: the response to a command is its reply (P6). */
export const battleye: Dialect = {
  name: 'battleye',
  refresh: { text: 'players', resend: true, hasTotal: true },
  isWholeList: (reply: string): boolean => {
    const list = parsePlayers(reply)
    return list === undefined || playersProblem(list) === undefined
  },
  createSession: (options: Partial<ClientSessionOptions>): Session => new ClientSession(options),
}
