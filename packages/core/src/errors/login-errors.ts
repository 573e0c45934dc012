import { RconError } from '@bercon/protocol'

declare module '@bercon/protocol' {
  interface RconErrorCodes {
    'login-refused': RconError
    'login-timeout': RconError
    'host-unreachable': RconError
    'session-lost': RconError
    'channel-failure': RconError
    'audit-failure': RconError
  }
}

/** Where and how often a login was tried. */
export interface LoginFacts {
  readonly host: string
  readonly port: number
  /** Number of logins sent. */
  readonly attempts: number
  /** Time from the first login to the end, in ms. */
  readonly elapsedMs: number
}

/** The login failed: it was refused or not answered, or could not be sent. */
export abstract class LoginFailure extends RconError {
  readonly host: string
  readonly port: number
  readonly attempts: number
  readonly elapsedMs: number

  constructor(
    code: 'login-refused' | 'login-timeout' | 'host-unreachable',
    message: string,
    facts: LoginFacts,
  ) {
    super(code, message)
    this.host = facts.host
    this.port = facts.port
    this.attempts = facts.attempts
    this.elapsedMs = facts.elapsedMs
  }
}

/** The server refused the password (P4). The client never tries it again by itself. */
export class LoginRefusedError extends LoginFailure {
  static override readonly className: string = 'LoginRefusedError'
  constructor(facts: LoginFacts) {
    super(
      'login-refused',
      `${facts.host}:${facts.port} refused the password; check the server's settings (RConPassword in BEServer_x64.cfg; for Reforger, rcon.password in config.json)`,
      facts,
    )
  }
}

function loginsText(count: number): string {
  return count === 1 ? '1 login sent' : `${count} logins sent`
}

/** The server never answered the login; the protocol does not reveal why (P4, W1). */
export class LoginTimeoutError extends LoginFailure {
  static override readonly className: string = 'LoginTimeoutError'
  constructor(facts: LoginFacts) {
    super(
      'login-timeout',
      `${facts.host}:${facts.port} did not answer within ${Math.round(facts.elapsedMs)} ms (${loginsText(facts.attempts)}); ` +
        'check the host and RConPort, that the server has an RConPassword and has finished starting (up to two minutes), ' +
        'and that the firewall lets UDP through',
      facts,
    )
  }
}

/** No login could be sent: the host has no address, or no socket could be opened. */
export class HostUnreachableError extends LoginFailure {
  static override readonly className: string = 'HostUnreachableError'
  /** The system's message. */
  readonly detail: string

  constructor(facts: LoginFacts & { readonly detail: string }) {
    const { host, port, detail } = facts
    super(
      'host-unreachable',
      `No login could be sent to ${host}:${port}: ${detail}; check the host name and the network`,
      facts,
    )
    this.detail = detail
  }
}

/** The client is already connected or connecting. */
export class AlreadyConnectedError extends RconError {
  static override readonly className: string = 'AlreadyConnectedError'
  readonly host: string
  readonly port: number

  constructor(facts: { readonly host: string; readonly port: number }) {
    const { host, port } = facts
    super(
      'already-connected',
      `This client is already connected or connecting to ${host}:${port}; create another client for another server`,
    )
    this.host = host
    this.port = port
  }
}

/** The login was lost, and `onLost: 'error'` requests an error instead of a reconnect. */
export class SessionLostError extends RconError {
  static override readonly className: string = 'SessionLostError'
  readonly host: string
  readonly port: number

  constructor(facts: { readonly host: string; readonly port: number }) {
    const { host, port } = facts
    super('session-lost', `${host}:${port} stopped responding; subscribe again to log in again`)
    this.host = host
    this.port = port
  }
}
