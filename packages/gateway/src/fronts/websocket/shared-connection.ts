import {
  type CallOptions,
  CommandDisallowedError,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStatistics,
  LoginRefusedError,
  RateLimitedError,
  RconError,
} from '@bercon/client'
import type { CommandRequest, Connection } from '@bercon/core/kit'
import type { Order, OrderRefusal } from '../../servers/command-desk.js'
import { sendRaw } from '../../servers/raw-command.js'
import type { GatewayServer } from '../../servers/server-list.js'
import type { FrontParts } from '../front-parts.js'

/** What a shared connection is for: a user at a server. */
export interface Sharing {
  readonly server: GatewayServer
  readonly order: Omit<Order, 'text'>
  readonly parts: FrontParts
  /** Is called when the gateway's own client ends: the server is gone, or will have another client. */
  readonly onEnded: () => void
}

/** The login of the gateway as one user sees it: every command goes over the desk, and nobody ends it for the others. */
export class SharedConnection implements Connection {
  readonly refusal: LoginRefusedError | undefined = undefined
  readonly #sharing: Sharing
  readonly #sending: string[] = []

  constructor(sharing: Sharing) {
    this.#sharing = sharing
  }

  get closed(): Promise<Error | undefined> {
    return this.#sharing.server.client.closed
  }

  /** In a state in which a client of the user's would give up, the gateway goes on trying. */
  get state(): ConnectionState {
    const { state } = this.#sharing.server.client
    if (state === 'idle' || state === 'refused') return 'connecting'
    return state === 'closed' ? 'reconnecting' : state
  }

  get statistics(): ConnectionStatistics {
    return this.#sharing.server.client.statistics
  }

  async open(): Promise<void> {
    throw new RconError(
      'already-connected',
      'The gateway keeps the login to the server; its users have none of their own',
    )
  }

  async exchange({ text, ...request }: CommandRequest, call: CallOptions = {}): Promise<string> {
    const { parts, order } = this.#sharing
    const carried = await parts.desk.carryOut({ ...order, text, call }, (client, allowed, given) =>
      this.#send(client, allowed, { ...request, ...given }),
    )
    if (carried.type === 'answered') return carried.value
    throw refusalError(text, carried.refusal)
  }

  /** Whether the user has such a command at the server now: its reply is theirs, whatever else they may hear. */
  isSending(text: string): boolean {
    return this.#sending.includes(text)
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    const { server, onEnded } = this.#sharing
    return server.client.listen('rawEvent', ({ event }) => {
      if (event.type === 'disconnect' && event.reason !== 'forgotten') onEnded()
      else listener(event)
    })
  }

  close(): void {
    // It is everybody's.
  }

  async #send(...[client, text, options]: Parameters<typeof sendRaw>): Promise<string> {
    this.#sending.push(text)
    try {
      return await sendRaw(client, text, options)
    } finally {
      this.#sending.splice(this.#sending.indexOf(text), 1)
    }
  }
}

function refusalError(command: string, refusal: OrderRefusal): Error {
  const error =
    refusal.code === 'rate-limited'
      ? new RateLimitedError({ command, retryAfterMs: refusal.retryAfterMs })
      : new CommandDisallowedError({ command })
  error.message = refusal.detail
  return error
}

/** The error after which a client of the user's does not come back. */
export function finalRefusal(server: string, detail: string): LoginRefusedError {
  const error = new LoginRefusedError({ host: server, port: 0, attempts: 1, elapsedMs: 0 })
  error.message = detail
  return error
}
