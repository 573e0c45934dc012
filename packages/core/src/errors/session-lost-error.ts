import { RconError } from '@bercon/protocol'

/** The login was lost, and `onLost: 'error'` asked to be told so in place of a reconnect. */
export class SessionLostError extends RconError {
  readonly host: string
  readonly port: number

  constructor(facts: { readonly host: string; readonly port: number }) {
    const { host, port } = facts
    super(
      'session-lost',
      `${host}:${port} answers no more: it forgot the login, restarted, or is gone; subscribe again to log in anew`,
    )
    this.host = host
    this.port = port
  }

  static {
    SessionLostError.prototype.name = 'SessionLostError'
  }
}
