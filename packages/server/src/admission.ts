import { decodeClientPacket, type MalformedPacket } from '@bercon/protocol'
import type { Endpoint } from './bound-socket.js'
import type { Doorkeeper, Entry } from './doorkeeper.js'
import { LoginThrottle } from './login-throttle.js'
import type { IgnoredReason } from './server-event.js'
import type { AdmissionOptions } from './server-options.js'

/** What is to be done with a datagram that is for no session. */
export type Verdict = Entry | { readonly type: 'ignored'; readonly reason: IgnoredReason } | MalformedPacket

/** Decides who gets in, also of those who are in with another password. Of those who do not it keeps nothing but the times of wrong passwords. */
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
    // A failure counts too: who sends what `authenticate` fails at shall not keep it busy.
    if (entry.type !== 'accepted') this.#throttle.countWrong(from.address, now)
    return entry
  }

  /** Who logs in again, within a session that has accepted the datagram; `false` for nobody any more. */
  recognize(datagram: Uint8Array, from: Endpoint): string | undefined | false {
    const packet = decodeClientPacket(datagram)
    if (packet.type !== 'login') return false
    return this.#doorkeeper.recognize({ password: packet.bytes, datagram, from })
  }
}
