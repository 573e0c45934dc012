import { RconError } from '@bercon/protocol'

/** The client is connected, or on its way. */
export class AlreadyConnectedError extends RconError {
  readonly host: string
  readonly port: number

  constructor(facts: { readonly host: string; readonly port: number }) {
    const { host, port } = facts
    super(
      'already-connected',
      `Already connected to ${host}:${port}; one client is for one server: make another`,
    )
    this.host = host
    this.port = port
  }

  static {
    AlreadyConnectedError.prototype.name = 'AlreadyConnectedError'
  }
}
