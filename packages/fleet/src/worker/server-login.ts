import type {
  CallOptions,
  ClientClock,
  ConnectionEvent,
  ConnectionState,
  ConnectionStatistics,
  Limiter,
} from '@bercon/client'
import { Cancellation, type CommandRequest, type Connection } from '@bercon/core/kit'
import type { FleetServer, ServerList } from '../server-list.js'

/** What a login needs of its worker. */
export interface LoginParts {
  readonly servers: ServerList
  readonly connect: (server: FleetServer) => Connection
  readonly logins: Limiter
  readonly clock: ClientClock
  readonly retryDelayMs: number
  readonly onError: (server: string, error: unknown) => void
}

/** The login to one server. It can outlive the lease for a while, so that a worker that gets it back need not log in. */
export class ServerLogin {
  readonly server: FleetServer
  readonly #parts: LoginParts
  readonly #connection: Connection
  readonly #end = new Cancellation()
  readonly #unsubscribe: () => void
  readonly #begun: Promise<void>
  #address = ''
  #listener: (event: ConnectionEvent) => void = () => {}

  constructor(server: FleetServer, parts: LoginParts) {
    this.server = server
    this.#parts = parts
    this.#connection = parts.connect(server)
    this.#unsubscribe = this.#connection.subscribe((event) => {
      if (event.type === 'connect') this.#address = event.address
      this.#listener(event)
    })
    this.#begun = new Promise((resolve) => void this.#logIn(resolve))
  }

  get state(): ConnectionState {
    return this.#connection.state
  }

  get statistics(): ConnectionStatistics {
    return this.#connection.statistics
  }

  /** The address of the last login, empty before the first. */
  get address(): string {
    return this.#address
  }

  /** Reports events to this listener from now on, and to no other. */
  reportTo(listener: (event: ConnectionEvent) => void): void {
    this.#listener = listener
  }

  async exchange(request: CommandRequest, options: CallOptions): Promise<string> {
    await this.#begun
    return this.#connection.exchange(request, options)
  }

  close(): void {
    this.#listener = () => {}
    this.#end.abort(new Error('The login is no longer needed'))
    this.#connection.close()
    this.#unsubscribe()
  }

  /** Tries until the server answers; a refusal stays until somebody changes the server in the list. */
  async #logIn(onBegun: () => void): Promise<void> {
    const { servers, logins, clock, retryDelayMs, onError } = this.#parts
    while (!this.#end.aborted) {
      try {
        const target = await servers.target(this.server.name)
        const open = () => {
          const opening = this.#connection.open(target, { signal: this.#end })
          onBegun()
          return opening
        }
        await logins.run(open, this.#end)
        return
      } catch (error) {
        onBegun()
        if (this.#end.aborted) return
        onError(this.server.name, error)
        if (this.#connection.state === 'refused') return
      }
      await new Promise<void>((resolve) => {
        const cancel = clock.setTimer(resolve, retryDelayMs)
        this.#end.addEventListener('abort', () => {
          cancel()
          resolve()
        })
      })
    }
  }
}
