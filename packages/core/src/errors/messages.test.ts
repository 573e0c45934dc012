import { describe, expect, it } from 'vitest'
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
} from './index.js'

const command = 'kick 3'
const login = { host: 'game.example', port: 2306, attempts: 3, elapsedMs: 3_000.4 }
const unanswered = { command, attempts: 2, elapsedMs: 1_500.4, outcome: 'unknown' } as const
const ban = {
  id: 3,
  kind: 'ip',
  target: '192.0.2.7',
  expires: 'never',
  minutesLeft: undefined,
  reason: 'spam',
} as const
const list = { command: 'bans', reply: 'x' }

describe('the message of an error says what happened, and what to do', () => {
  it.each<[make: () => Error, message: string]>([
    [
      () => new CommandDisallowedError({ command }),
      'The server does not allow "kick 3"; to allow it, set RestrictRCon to 0 in BEServer_x64.cfg',
    ],
    [
      () => new UnknownCommandError({ command }),
      'The server does not know the command "kick 3"; check its spelling',
    ],
    [
      () => new RateLimitedError({ command, retryAfterMs: 2_001 }),
      'Too many commands, so "kick 3" was not sent; send it again in 3 s',
    ],
    [
      () => new NotConnectedError({ command }),
      'The client is not connected, so "kick 3" was not carried out; call connect() first',
    ],
    [
      () => new ReplyTooLargeError({ command }),
      'The reply to "kick 3" is longer than the client accepts; raise maxReplyBytes or maxPartsBytes',
    ],
    [
      () => new CommandTimeoutError(unanswered),
      'No reply to "kick 3" arrived within 1500 ms (sent 2 times); the command may have been executed, so check before you send it again',
    ],
    [
      () => new CommandTimeoutError({ ...unanswered, attempts: 1, resend: true }),
      'No reply to "kick 3" arrived within 1500 ms (sent once); the command may have been executed, and sending it again is safe',
    ],
    [
      () => new CommandTimeoutError({ ...unanswered, attempts: 0, outcome: 'not-sent' }),
      'No reply to "kick 3" arrived within 1500 ms; the command was not sent, so sending it again is safe',
    ],
    [
      () => new ConnectionLostError({ ...unanswered, outcome: 'executed' }),
      'The connection was lost before "kick 3" was answered; the command was executed, but its reply is incomplete',
    ],
    [
      () => new ClosedError({ command, outcome: 'unknown' }),
      'The client was closed before "kick 3" was answered; the command may have been executed, so check before you send it again',
    ],
    [
      () => new ClosedError({ command, outcome: 'not-sent' }),
      'The client is closed, so "kick 3" was not carried out; call connect() to open it again',
    ],
    [
      () => new IncompleteReplyError({ ...unanswered, command: 'bans' }),
      '"bans" was executed, but its reply is still incomplete after 1500 ms; if it only reads, send it again, or allow it more time with timeoutMs',
    ],
    [
      () => new IncompleteReplyError({ ...unanswered, command: '' }),
      'The keep-alive was executed, but its reply is still incomplete after 1500 ms; if it only reads, send it again, or allow it more time with timeoutMs',
    ],
    [
      () => new WorkerFailedError({ command, outcome: 'not-sent', detail: 'no memory' }),
      `The client's worker thread failed during "kick 3" (no memory); the command was not sent, so sending it again is safe; call connect() to start another worker`,
    ],
    [
      () => new WorkerFailedError({ command: 'poll', outcome: 'not-sent', detail: 'no memory' }),
      `The client's worker thread failed during "poll" (no memory); call connect() to start another worker`,
    ],
    [
      () => new LoginRefusedError(login),
      "game.example:2306 refused the password; check the server's settings (RConPassword in BEServer_x64.cfg; for Reforger, rcon.password in config.json)",
    ],
    [
      () => new LoginTimeoutError(login),
      'game.example:2306 did not answer within 3000 ms (3 logins sent); check the host and RConPort, that the server has an RConPassword and has finished starting (up to two minutes), and that the firewall lets UDP through',
    ],
    [
      () => new LoginTimeoutError({ ...login, attempts: 1 }),
      'game.example:2306 did not answer within 3000 ms (1 login sent); check the host and RConPort, that the server has an RConPassword and has finished starting (up to two minutes), and that the firewall lets UDP through',
    ],
    [
      () => new HostUnreachableError({ ...login, detail: 'ENOTFOUND' }),
      'No login could be sent to game.example:2306: ENOTFOUND; check the host name and the network',
    ],
    [
      () => new AlreadyConnectedError(login),
      'This client is already connected or connecting to game.example:2306; create another client for another server',
    ],
    [
      () => new SessionLostError(login),
      'game.example:2306 stopped responding; subscribe again to log in again',
    ],
    [
      () => new EventsLostError({ event: 'message', lost: 3, maxQueued: 2 }),
      '3 message events were dropped because the queue of 2 was full; read them more often, or raise maxQueued',
    ],
    [
      () => new EventsLostError({ event: 'connection', lost: 1, maxQueued: 2 }),
      '1 connection event was dropped because the queue of 2 was full; read them more often, or raise maxQueuedEvents',
    ],
    [
      () => new WaitTimeoutError({ event: 'playerKick', timeoutMs: 500.4 }),
      'No matching playerKick event arrived within 500 ms; raise timeoutMs to wait longer',
    ],
  ])('%#', (make, message) => {
    expect(make().message).toBe(message)
  })
})

describe('the message about an unexpected reply', () => {
  it.each([
    ['', 'it is empty'],
    ['what?', '"what?"'],
    ['x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['x'.repeat(81), `81 characters that start with "${'x'.repeat(80)}"`],
  ])('shows at most its beginning: %.5s', (reply, shown) => {
    expect(new UnexpectedReplyError({ command: 'bans', reply }).message).toBe(
      `The reply to "bans" is not what that command returns: ${shown}`,
    )
  })

  it.each([
    ['cut-short', undefined, 'its last line is missing; none of its rows could be read'],
    ['wrong-total', [], 'its last line counts a different number of rows; none of its rows could be read'],
    [
      'unreadable-row',
      [ban],
      'one of its rows cannot be read; "rows" of this error has the row that could be read',
    ],
    [
      'number-twice',
      [ban, ban],
      'two of its rows have the same number; "rows" of this error has the 2 rows that could be read',
    ],
  ] as const)('says what is wrong with a list: %s', (problem, rows, text) => {
    expect(new UnexpectedReplyError({ ...list, problem, rows }).message).toBe(
      `The reply to "bans" is a damaged list, for the second time: ${text}`,
    )
  })
})

it('a command is shown in full up to sixty characters, and its beginning beyond', () => {
  const messageOf = (text: string) => new UnknownCommandError({ command: text }).message
  expect(messageOf('x'.repeat(60))).toContain(`"${'x'.repeat(60)}"`)
  expect(messageOf('x'.repeat(61))).toContain(`"${'x'.repeat(60)}…"`)
})
