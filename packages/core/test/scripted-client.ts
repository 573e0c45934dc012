import { RconClient } from '../src/client/rcon-client.js'
import type { CallOptions, Connection } from '../src/connection/connection.js'
import type { ConnectionState } from '../src/connection/connection-state.js'
import { type CommandRequest, performAsync, type Steps } from '../src/steps.js'
import { VirtualClock } from '../src/testing/index.js'

interface Script {
  readonly replies?: readonly string[]
  readonly state?: ConnectionState
  readonly parts?: object
}

/** A client whose connection notes each request, takes some time for it, and replies from a list. */
export class ScriptedClient extends RconClient<'promise', Connection> {
  readonly kind = 'promise'
  readonly sent: { readonly request: CommandRequest; readonly options: CallOptions | undefined }[]

  /** `replies` in turn, and empty ones after the last; `parts` in place of its own. */
  constructor({ replies = [], state = 'connected', parts = {} }: Script = {}) {
    const sent: ScriptedClient['sent'] = []
    const clock = new VirtualClock()
    const connection = {
      state,
      exchange: async (request: CommandRequest, options?: CallOptions) => {
        sent.push({ request, options })
        clock.advance(300)
        return replies[sent.length - 1] ?? ''
      },
      subscribe: () => () => {},
    }
    super({ connection: connection as unknown as Connection, clock, ...parts })
    this.sent = sent
  }

  connect(): void {}
  close(): void {}
  waitFor(): void {}

  perform<T>(begin: () => Steps<T>, options?: CallOptions): Promise<T> {
    return performAsync(begin, this.exchanging(options))
  }
}
