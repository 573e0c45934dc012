// Each package declares the codes of its own errors.
import type {} from '@bercon/gateway'
import type { RconErrorCode } from '@bercon/protocol'
import type {} from '@bercon/remote'
import type {} from '@bercon/rx'
import type {} from '@bercon/server'
import type {} from '@bercon/sync'

/** What a reader needs to know of a code. */
export interface CodeRow {
  /** Ends the sentence "It occurs when …". */
  readonly when: string
  readonly advice: string
}

/** Every code, in the order of the page: the compiler asks for a new one here. */
export const CODES: { readonly [Code in RconErrorCode]: CodeRow } = {
  'invalid-argument': {
    when: 'an argument or option is wrong. It is refused before anything is sent. `argument` is its name, `value` what you passed (only its type if it may be a password), `expected` what would be accepted.',
    advice: 'Correct the call.',
  },
  'already-connected': {
    when: 'you call `connect` on a client that is connected or connecting, `listen` on a server that listens, or `login` on a session that has logged in.',
    advice: 'Create one client for each server, one server for each port, one session for each login.',
  },
  'not-connected': {
    when: 'you send a command before `connect`, or after a login that failed; or you call `pause` or `resume` before `listen`.',
    advice: 'Call `connect` (or `listen`) first, and wait for it.',
  },
  'login-refused': {
    when: 'the server refuses the password. The client does not try it again. If this happens when it reconnects, the client ends, and `closed` settles with this error.',
    advice:
      "Check `RConPassword` in the server's `BEServer_x64.cfg` (Reforger: `rcon.password` in its `config.json`), then call `connect` with the right one.",
  },
  'login-timeout': {
    when: 'the server does not answer the first login within `loginTimeoutMs`.',
    advice:
      'Check the host and `RConPort`, that the server has an RCON password (without one it answers nothing), and that the firewall lets UDP through. A server that is starting takes up to two minutes.',
  },
  'host-unreachable': {
    when: 'no login can be sent, because the host name has no address or no socket can be opened. `detail` is what the system reported.',
    advice: 'Check the host name and the network.',
  },
  'command-disallowed': {
    when: 'the server answers `Disallowed command`.',
    advice: 'Set `RestrictRCon 0` in its `BEServer_x64.cfg`, or do without the command.',
  },
  'rate-limited': {
    when: "a gateway's role allows the user no more commands in this minute. The command was not sent. `retryAfterMs` is how long to wait.",
    advice: 'Send the command again after `retryAfterMs`.',
  },
  'unknown-command': {
    when: 'the server answers `Unknown command`.',
    advice: 'Check the spelling. Older and newer servers know different commands.',
  },
  'command-timeout': {
    when: 'no reply arrives before the deadline.',
    advice: 'Look at `outcome` ([below](#the-outcome-of-a-command)) before you send the command again.',
  },
  'connection-lost': {
    when: 'the login is lost while a command is under way that must not be sent twice.',
    advice: 'Look at `outcome`. The client reconnects on its own.',
  },
  'session-lost': {
    when: "a login is lost, and you passed `onLost: 'error'` to `connect` of `@bercon/rx`.",
    advice: 'Subscribe again, for example with `retry`.',
  },
  closed: {
    when: 'you call a method of a client, pool, server or session that is closed, or close it before the reply arrives.',
    advice: 'Look at `outcome`. A client can `connect` again; create a new pool, server or session.',
  },
  'wait-timeout': {
    when: 'no event that passes the check arrives within `timeoutMs` of a `waitFor`.',
    advice: 'Wait longer, or go on without it.',
  },
  'events-lost': {
    when: 'events arrive faster than your loop reads them, or a blocking client makes no call for a long time. It arrives as an `error` event.',
    advice: 'Look at `lost`. Read faster, or raise the limit of the queue.',
  },
  'unexpected-reply': {
    when: 'the reply is not what the command returns, or a list of players, bans or admins is damaged twice in a row. The command was executed. `reply` is the text; of a list, `problem` says what is wrong, and `rows` are those that could be read, of which some may be forged.',
    advice: 'Look at `reply`. Send the command again if it only reads.',
  },
  'incomplete-reply': {
    when: 'a command was executed, but the end of its reply did not arrive, and nothing else marks it (Arma Reforger).',
    advice: 'Send the command again if it only reads, or allow it more time.',
  },
  'reply-too-large': {
    when: 'a reply is longer than the client accepts, because a hostile server could otherwise fill the memory; or longer than a server can send.',
    advice: 'Raise `maxReplyBytes` or `maxPartsBytes`. As a server, split the reply into pages.',
  },
  'server-failure': {
    when: "an `RconServer` cannot listen. `cause` is the system's error.",
    advice: 'Use another address or port.',
  },
  'channel-failure': {
    when: 'the channel of a remote connection is cut, cannot be opened, or carries what its protocol does not allow. It is `channelError` of the `RemoteConnection`, the `cause` of commands that it failed, and what `ended` of a hosted channel settles with.',
    advice: 'Do nothing: the connection opens another channel. If it keeps happening, look at the message.',
  },
  'audit-failure': {
    when: "a gateway cannot write its audit, so it does not send the command. `cause` is the system's error.",
    advice: 'Make room on the disk of the audit, or check who may write there.',
  },
  'worker-failure': {
    when: 'the worker thread of a blocking client stops, by a defect or for lack of memory.',
    advice: 'Look at `detail` and `outcome`. Call `connect` again, which starts another worker.',
  },
}
