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

/** A request that a session failed; only a dialect knows of replies that are there in part. */
export type SessionFailure = Omit<Extract<ClientSessionEvent, { readonly type: 'failure' }>, 'reason'> & {
  readonly reason: FailureReason | 'incomplete'
}

/** What a session has to tell. */
export type SessionEvent = Exclude<ClientSessionEvent, { readonly type: 'failure' }> | SessionFailure

/** What a connection needs of a session: `ClientSession` is one, and a dialect may put its own around it. */
export interface Session extends SessionMethods {
  /** As `sendCommand` of a `ClientSession`; `verifyEnd` is the request's. */
  sendCommand(
    bytes: Uint8Array,
    options: CommandOptions & Pick<CommandRequest, 'verifyEnd'>,
    now: number,
  ): number
  /** What has happened since the last call. */
  takeEvents(): readonly SessionEvent[]
  /**
   * Says goodbye, where the server listens to that: called once, right before the end of a session that is logged in.
   * What it wants to send leaves at once, and no answer is waited for.
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

/** How a server answers a command. */
export interface Dialect {
  readonly name: string
  /**
   * URL of the module whose export `dialect` is this dialect, so that a worker can import it: no function crosses a
   * thread. Nothing for the one that every worker has.
   */
  readonly module?: string
  /** What a connection asks at each login and from time to time, so that the list of players is right. */
  readonly refresh: CommandRequest
  /** Whether the reply to that is whole; it is asked for once more where it is not. @default every reply is */
  readonly isWholeList?: (reply: string) => boolean
  /** The session for one login. */
  readonly createSession: (options: Partial<ClientSessionOptions>) => Session
}

/** BattlEye's own: the response to a command is its reply (P6). */
export const battleye: Dialect = {
  name: 'battleye',
  refresh: { text: 'players', resend: true, hasTotal: true },
  isWholeList: (reply: string): boolean => {
    const list = parsePlayers(reply)
    return list === undefined || playersProblem(list) === undefined
  },
  createSession: (options: Partial<ClientSessionOptions>): Session => new ClientSession(options),
}
