// @ts-nocheck
import { decodeClientPacket, type MalformedPacket } from '@bercon/protocol'
import type { Endpoint } from './bound-socket.js'
import type { Doorkeeper, Entry } from './doorkeeper.js'
import { LoginThrottle } from './login-throttle.js'
import type { IgnoredReason } from './server-event.js'
import type { AdmissionOptions } from './server-options.js'

/** What to do with a datagram that belongs to no session. */
export type Verdict = Entry | { readonly type: 'ignored'; readonly reason: IgnoredReason } | MalformedPacket

/**
 * Decides which logins to accept, including those of peers that are logged in with another password. Of refused logins
 * it keeps only the times of wrong passwords.
 */
export class Admission {
  readonly #throttle: LoginThrottle
  readonly #doorkeeper: Doorkeeper

  constructor(doorkeeper: Doorkeeper, options: AdmissionOptions) {
    this.#throttle = new LoginThrottle(options)
    this.#doorkeeper = doorkeeper
  }

  consider(datagram: Uint8Array, from: Endpoint, hasRoom: boolean, now: number): Verdict {
    const packet = decodeClientPacket(datagram)
    if (packet.type === 'malformed') return packet
    if (packet.type !== 'login') return { type: 'ignored', reason: 'not-logged-in' }
    if (this.#doorkeeper.isSilent) return { type: 'ignored', reason: 'no-password' }
    if (!hasRoom) return { type: 'ignored', reason: 'full' }
    if (!this.#throttle.admits(from.address, now)) return { type: 'ignored', reason: 'throttled' }
    const entry = this.#doorkeeper.admit({ password: packet.bytes, datagram, from }, now)
    // A failure counts too, so that nobody can keep `authenticate` busy with a login that makes it throw.
    if (entry.type !== 'accepted') this.#throttle.countWrong(from.address, now)
    return entry
  }

  /**
   * The name of a peer that logs in again, in a session that accepted the datagram; `false` if the password no longer
   * belongs to anybody.
   */
  recognize(datagram: Uint8Array, from: Endpoint): string | undefined | false {
    const packet = decodeClientPacket(datagram)
    if (packet.type !== 'login') return false
    return this.#doorkeeper.recognize({ password: packet.bytes, datagram, from })
  }
}
