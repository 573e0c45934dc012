// @ts-nocheck
import { type ConnectionStatistics, codeOf, type LoginRefusedError } from '@bercon/core'
import { errorFromData, idleStatistics } from '@bercon/core/kit'
import type { ChannelLink, StateMessage } from './channel-link.js'

/** What a remote connection knows of its host: what that said last. */
export class HostView {
  #message: StateMessage | undefined
  #link: ChannelLink | undefined
  #statistics: ConnectionStatistics = idleStatistics()
  // How far the host's wall clock is ahead.
  #skewMs = 0
  /** The refusal that ended the last try to log in. */
  refusal: LoginRefusedError | undefined

  /** Nothing before the first channel of this life. */
  get message(): StateMessage | undefined {
    return this.#message
  }

  get statistics(): ConnectionStatistics {
    return this.#statistics
  }

  /** Returns whether it is the first word of its channel. */
  note(message: StateMessage, link: ChannelLink, wallNow: number): boolean {
    const isFirst = this.#link !== link
    this.#link = link
    this.#message = message
    this.#statistics = message.statistics
    this.#skewMs = message.at - wallNow
    this.refusal = refusalIn(message.refusal && errorFromData(message.refusal))
    return isFirst
  }

  /** The time at the host, whose events have it, in ms since 1970. */
  at(wallNow: number): number {
    return wallNow + this.#skewMs
  }

  /** Another life begins, perhaps at another host; what was counted stays. */
  forget(): void {
    this.#message = undefined
    this.refusal = undefined
  }
}

/** By `code`, because there can be two copies of a class. */
export function refusalIn(error: unknown): LoginRefusedError | undefined {
  return codeOf(error) === 'login-refused' ? (error as LoginRefusedError) : undefined
}
