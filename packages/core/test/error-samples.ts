import { InvalidArgumentError, RconError, type RconErrorCode } from '@bercon/protocol'
import {
  AlreadyConnectedError,
  ClosedError,
  CommandDisallowedError,
  CommandTimeoutError,
  ConnectionLostError,
  EventsLostError,
  HostUnreachableError,
  IncompleteReplyError,
  LoginRefusedError,
  LoginTimeoutError,
  NotConnectedError,
  RateLimitedError,
  ReplyTooLargeError,
  SessionLostError,
  UnexpectedReplyError,
  UnknownCommandError,
  WaitTimeoutError,
  WorkerFailedError,
} from '../src/index.js'

/** The only secret in the samples. */
export const SECRET = 'correct-horse'

const command = `rconpassword ${SECRET}`
const login = { host: 'game.example', port: 2302, attempts: 3, elapsedMs: 3_000.5 }
const unanswered = { command, attempts: 2, elapsedMs: 1_500, outcome: 'unknown' } as const

/** An error with every code; those about commands have one that contains a password. */
export const ERROR_SAMPLES: Readonly<Record<RconErrorCode, RconError>> = {
  'invalid-argument': new InvalidArgumentError('minutes', 1.5, 'a whole number'),
  'already-connected': new AlreadyConnectedError({ host: 'game.example', port: 2302 }),
  'not-connected': new NotConnectedError({ command }),
  'login-refused': new LoginRefusedError(login),
  'login-timeout': new LoginTimeoutError(login),
  'host-unreachable': new HostUnreachableError({ ...login, detail: 'ENOTFOUND' }),
  'command-disallowed': new CommandDisallowedError({ command }),
  'rate-limited': new RateLimitedError({ command, retryAfterMs: 2_500 }),
  'unknown-command': new UnknownCommandError({ command }),
  'command-timeout': new CommandTimeoutError(unanswered),
  'connection-lost': new ConnectionLostError(unanswered),
  'session-lost': new SessionLostError({ host: 'game.example', port: 2302 }),
  'events-lost': new EventsLostError({ event: 'message', lost: 3, maxQueued: 2 }),
  'wait-timeout': new WaitTimeoutError({ event: 'playerKick', timeoutMs: 500 }),
  'unexpected-reply': new UnexpectedReplyError({
    ...{ command, reply: 'what?', problem: 'wrong-total' },
    rows: [
      { id: 3, kind: 'ip', target: '192.0.2.7', expires: 'never', minutesLeft: undefined, reason: 'spam' },
    ],
  }),
  'incomplete-reply': new IncompleteReplyError({ command, attempts: 2, elapsedMs: 1_500 }),
  'reply-too-large': new ReplyTooLargeError({ command }),
  closed: new ClosedError({ command, outcome: 'executed' }),
  'server-failure': new RconError('server-failure', 'the port is taken'),
  'channel-failure': new RconError('channel-failure', 'The channel was cut'),
  'audit-failure': new RconError('audit-failure', 'the disk is full'),
  'worker-failure': new WorkerFailedError({ command, outcome: 'unknown', detail: 'out of memory' }),
}
