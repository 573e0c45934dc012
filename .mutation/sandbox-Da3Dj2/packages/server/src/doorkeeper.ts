// @ts-nocheck
import {
  decodeText,
  encodeServerPacket,
  encodeText,
  InvalidArgumentError,
  passwordWithNul,
  ServerSession,
  type ServerSessionOptions,
  unshownArgument,
} from '@bercon/protocol'
import type { Endpoint } from './bound-socket.js'
import type { Identity, RconServerOptions } from './server-options.js'

/** The result of a login. */
export type Entry =
  /** The session has the answer and the `login` event pending. */
  | { readonly type: 'accepted'; readonly session: ServerSession; readonly name: string | undefined }
  | { readonly type: 'refused'; readonly answers: readonly Uint8Array[] }
  /** `authenticate` failed, so the password's owner is unknown and the login is not answered. */
  | { readonly type: 'failed'; readonly error: unknown }

/** A login packet: its password, and the datagram for the session. */
export interface LoginTry {
  readonly password: Uint8Array
  readonly datagram: Uint8Array
  readonly from: Endpoint
}

/** Decides who a password belongs to. */
export interface Doorkeeper {
  /** Whether it answers nobody, like a server without a password (P4). */
  readonly isSilent: boolean
  admit(login: LoginTry, now: number): Entry
  /**
   * The name of a peer that logs in again, in a session that accepted the same password; `undefined` without names,
   * `false` if the password no longer belongs to anybody.
   */
  recognize(login: LoginTry): string | undefined | false
}

/** One password for everybody, compared in constant time. */
export class SharedPassword implements Doorkeeper {
  readonly #options: Partial<ServerSessionOptions>
  #password: Uint8Array
  // Judges every login and stays unchanged until it accepts one, so that a refused login costs no session.
  #candidate: ServerSession

  constructor(password: string | undefined, options: Partial<ServerSessionOptions>) {
    this.#options = options
    this.#password = passwordBytes(password)
    this.#candidate = new ServerSession(this.#password, options)
  }

  get isSilent(): boolean {
    return this.#password.length === 0
  }

  set(password: string): void {
    this.#password = passwordBytes(password)
    this.#candidate = new ServerSession(this.#password, this.#options)
  }

  admit({ datagram }: LoginTry, now: number): Entry {
    const session = this.#candidate
    session.receive(datagram, now)
    if (session.state === 'logged-in') {
      this.#candidate = new ServerSession(this.#password, this.#options)
      return { type: 'accepted', session, name: undefined }
    }
    session.takeEvents()
    return { type: 'refused', answers: session.takeDatagrams() }
  }

  recognize(): undefined {
    return undefined
  }
}

/** A password for each user, known only to `authenticate`. */
export class OwnPasswords implements Doorkeeper {
  readonly isSilent = false
  readonly #authenticate: NonNullable<RconServerOptions['authenticate']>
  readonly #options: Partial<ServerSessionOptions>

  constructor(
    authenticate: NonNullable<RconServerOptions['authenticate']>,
    options: Partial<ServerSessionOptions>,
  ) {
    this.#authenticate = authenticate
    this.#options = options
    // Refuses bad options at construction instead of at the first login.
    new ServerSession(new Uint8Array(0), options)
  }

  admit(login: LoginTry, now: number): Entry {
    try {
      const identity = this.#identify(login)
      if (identity === undefined)
        return { type: 'refused', answers: [encodeServerPacket({ type: 'login', accepted: false })] }
      const session = new ServerSession(login.password, this.#options)
      session.receive(login.datagram, now)
      return { type: 'accepted', session, name: identity.name }
    } catch (error) {
      return { type: 'failed', error }
    }
  }

  recognize(login: LoginTry): string | false {
    try {
      return this.#identify(login)?.name ?? false
    } catch {
      // The login then goes through `admit`, which fails in the same way and reports it.
      return false
    }
  }

  #identify({ password, from }: LoginTry): Identity | undefined {
    // A session with an empty password never answers (P4).
    if (password.length === 0) return undefined
    const { address, port } = from
    const identity: unknown = this.#authenticate(decodeText(password), { address, port })
    if (identity === undefined) return undefined
    const name = typeof identity === 'object' && identity !== null && 'name' in identity && identity.name
    if (typeof name === 'string' && name !== '') return { name }
    const expected = 'undefined, or an object with a name'
    const wrong = identity instanceof Promise ? 'a promise' : typeof identity
    throw new InvalidArgumentError(
      'authenticate',
      wrong,
      expected,
      `authenticate must return ${expected}, but returned ${wrong}; nobody was let in`,
    )
  }
}

// An error never shows the value: it is a password, or was meant to be one.
function passwordBytes(password: unknown): Uint8Array {
  if (typeof password !== 'string') throw unshownArgument('password', password, 'a string')
  // No client can send a password with NUL.
  if (password.includes('\0')) throw passwordWithNul()
  return encodeText(password)
}
