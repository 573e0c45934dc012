import {
  decodeClientPacket,
  encodeText,
  type MalformedPacket,
  passwordWithNul,
  ServerSession,
  type ServerSessionOptions,
  unshownArgument,
} from '@bercon/protocol'
import type { Endpoint } from './bound-socket.js'
import { LoginThrottle } from './login-throttle.js'
import type { IgnoredReason } from './server-event.js'
import type { AdmissionOptions } from './server-options.js'

/** What is to be done with a datagram that is for no session. */
export type Verdict =
  /** The session has the answer and the `login` event to give out. */
  | { readonly type: 'accepted'; readonly session: ServerSession }
  | { readonly type: 'refused'; readonly answers: readonly Uint8Array[] }
  | { readonly type: 'ignored'; readonly reason: IgnoredReason }
  | MalformedPacket

/** Decides who gets in, also of those who are in with another password. Of those who do not it keeps nothing but the times of wrong passwords. */
export class Admission {
  readonly #throttle: LoginThrottle
  readonly #sessionOptions: Partial<ServerSessionOptions>
  #password: Uint8Array
  // Judges every login and stays unchanged until it accepts one: so a refused login costs no session.
  #candidate: ServerSession

  constructor(password: string, options: AdmissionOptions, sessionOptions: Partial<ServerSessionOptions>) {
    this.#throttle = new LoginThrottle(options)
    this.#sessionOptions = sessionOptions
    this.#password = passwordBytes(password)
    this.#candidate = new ServerSession(this.#password, sessionOptions)
  }

  setPassword(password: string): void {
    this.#password = passwordBytes(password)
    this.#candidate = new ServerSession(this.#password, this.#sessionOptions)
  }

  consider(datagram: Uint8Array, from: Endpoint, hasRoom: boolean, now: number): Verdict {
    const packet = decodeClientPacket(datagram)
    if (packet.type === 'malformed') return packet
    if (packet.type !== 'login') return { type: 'ignored', reason: 'not-logged-in' }
    if (this.#password.length === 0) return { type: 'ignored', reason: 'no-password' }
    if (!hasRoom) return { type: 'ignored', reason: 'full' }
    if (!this.#throttle.admits(from.address, now)) return { type: 'ignored', reason: 'throttled' }
    const session = this.#candidate
    session.receive(datagram, now)
    if (session.state === 'logged-in') {
      this.#candidate = new ServerSession(this.#password, this.#sessionOptions)
      return { type: 'accepted', session }
    }
    this.#throttle.countWrong(from.address, now)
    session.takeEvents()
    return { type: 'refused', answers: session.takeDatagrams() }
  }
}

// The value is never shown: it is a password, or was meant for one.
function passwordBytes(password: unknown): Uint8Array {
  if (typeof password !== 'string') throw unshownArgument('password', password, 'a string')
  // No client can send one with NUL.
  if (password.includes('\0')) throw passwordWithNul()
  return encodeText(password)
}
