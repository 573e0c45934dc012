import {
  type CallOptions,
  type ClientParts,
  type ConnectionOptions,
  type ConnectionParts,
  type ConnectionState,
  type ConnectionStatistics,
  performAsync,
  RconClient,
  ServerConnection,
  type Steps,
  waitForEvent,
} from '../src/index.js'

/** The least that a flavour is: what the tests of this package have for a client. */
export class PromiseClient extends RconClient<'promise'> {
  readonly kind = 'promise'
  readonly connection: ServerConnection
  readonly #clock: ConnectionParts['clock']
  protected readonly refusal = undefined

  constructor(
    parts: ConnectionParts,
    options: Partial<ConnectionOptions> = {},
    clientParts: ClientParts<'promise'> = {},
  ) {
    super(clientParts)
    this.#clock = parts.clock
    this.connection = new ServerConnection(parts, options)
    this.connection.subscribe((event) => this.receive(event))
  }

  get state(): ConnectionState {
    return this.connection.state
  }

  get statistics(): ConnectionStatistics {
    return this.connection.statistics
  }

  connect(host: string, port: number, password: string): Promise<void> {
    return this.connection.open({ host, port, password })
  }

  close(): void {
    this.connection.close()
  }

  perform<T>(begin: () => Steps<T>, options?: CallOptions): Promise<T> {
    return performAsync(begin, (request) => this.connection.exchange(request, options))
  }

  waitFor(...[name, options]: Parameters<RconClient<'promise'>['waitFor']>): Promise<unknown> {
    return waitForEvent(this.dispatch, this.#clock, name, options)
  }

  protected wallNow(): number {
    return this.#clock.wallNow()
  }
}
