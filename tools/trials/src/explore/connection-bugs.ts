import type { CallOptions, ConnectionEvent } from '@bercon/core'
import {
  type CommandRequest,
  type Connection,
  type ConnectionParts,
  ServerConnection,
} from '@bercon/core/kit'
import { hostConnection, RemoteConnection } from '@bercon/remote'
import { type ConnectionChoice, ConnectionWorld } from './connection-world.js'
import { type RemoteChoice, type RemoteParts, RemoteWorld } from './remote-world.js'
import type { SeededBug } from './world.js'

/** What a connection with a bug does otherwise. */
interface Twist {
  /** Returns `false` for an event that it does not report. */
  readonly reports?: (event: ConnectionEvent) => boolean
  readonly resend?: boolean
  readonly ignoresSignals?: boolean
}

/** A real connection with a bug put around it. */
class TwistedConnection implements Connection {
  readonly #inner: Connection
  readonly #twist: Twist

  constructor(inner: Connection, twist: Twist) {
    this.#inner = inner
    this.#twist = twist
  }

  get state(): Connection['state'] {
    return this.#inner.state
  }

  get statistics(): Connection['statistics'] {
    return this.#inner.statistics
  }

  get refusal(): Connection['refusal'] {
    return this.#inner.refusal
  }

  get closed(): Connection['closed'] {
    return this.#inner.closed
  }

  open(...given: Parameters<Connection['open']>): Promise<void> {
    return this.#inner.open(...given)
  }

  exchange(request: CommandRequest, { timeoutMs, signal }: CallOptions = {}): Promise<string> {
    const { resend = request.resend, ignoresSignals } = this.#twist
    const options = ignoresSignals === true ? { timeoutMs } : { timeoutMs, signal }
    return this.#inner.exchange({ ...request, resend }, options)
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    const { reports = () => true } = this.#twist
    return this.#inner.subscribe((event) => {
      if (reports(event)) listener(event)
    })
  }

  close(): void {
    this.#inner.close()
  }
}

const CONNECTION_LIMITS = {
  losses: 0,
  copies: 0,
  crashes: 0,
  closes: 1,
  outages: 1,
  opens: 0,
  breaks: 0,
  commands: [false],
  messages: 1,
}
const QUIET = { playersIntervalMs: 0, reconnectJitter: 0 }

/** Bugs of a connection over many logins. */
export const CONNECTION_BUGS: readonly SeededBug<ConnectionChoice>[] = [
  connectionBug('the loss of a login is not reported', 'A lost login is reported', (parts) => {
    return new TwistedConnection(new ServerConnection(parts, QUIET), {
      reports: ({ type }) => type !== 'disconnect',
    })
  }),
  connectionBug('the second lookup of the address never ends', 'A client that was logged in', (parts) => {
    let lookUps = 0
    const resolve = (host: string) =>
      lookUps++ === 0 ? parts.transport.resolve(host) : new Promise<readonly string[]>(() => {})
    return new ServerConnection(
      { ...parts, transport: { resolve, open: (...socket) => parts.transport.open(...socket) } },
      QUIET,
    )
  }),
  connectionBug('a closed connection keeps its socket', 'What is closed leaves nothing', (parts) => {
    const open: ConnectionParts['transport']['open'] = async (...given) => ({
      ...(await parts.transport.open(...given)),
      close: () => {},
    })
    return new ServerConnection(
      { ...parts, transport: { open, resolve: (host) => parts.transport.resolve(host) } },
      QUIET,
    )
  }),
  connectionBug('every command outlives a lost login', 'A command that must not be sent again', (parts) => {
    return new TwistedConnection(new ServerConnection(parts, QUIET), { resend: true })
  }),
]

const REMOTE_LIMITS = { cuts: 1, refusals: 0, fails: 0, closes: 0, commands: [false], messages: 1 }

/** Bugs of either side of a remote connection. */
export const REMOTE_BUGS: readonly SeededBug<RemoteChoice>[] = [
  remoteBug('every command outlives a lost channel', 'A command that must not be sent again', {
    newRemote: (...given) => new TwistedConnection(new RemoteConnection(...given), { resend: true }),
  }),
  remoteBug('the loss of a channel is not reported', 'A lost login is reported', {
    newRemote: (...given) =>
      new TwistedConnection(new RemoteConnection(...given), { reports: ({ type }) => type !== 'disconnect' }),
  }),
  remoteBug('a host keeps a message to itself', 'Messages are missed only where', {
    host: (game, channel, clock) => {
      hostConnection(game, channel, { clock, events: ({ type }) => type !== 'message' })
    },
  }),
  remoteBug('a host goes on with the commands of a channel that has ended', 'What is closed leaves nothing', {
    host: (game, channel, clock) => {
      hostConnection(new TwistedConnection(game, { ignoresSignals: true }), channel, { clock })
    },
  }),
]

function connectionBug(
  bug: string,
  breaks: string,
  newConnection: (parts: ConnectionParts) => Connection,
): SeededBug<ConnectionChoice> {
  return { bug, breaks, newWorld: () => ConnectionWorld.begin(CONNECTION_LIMITS, newConnection) }
}

function remoteBug(bug: string, breaks: string, parts: Partial<RemoteParts>): SeededBug<RemoteChoice> {
  return { bug, breaks, newWorld: () => RemoteWorld.begin(REMOTE_LIMITS, parts) }
}
