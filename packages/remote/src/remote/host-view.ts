import { type ClientClock, type ConnectionStatistics, codeOf, type LoginRefusedError } from '@bercon/core'
import { errorFromData, idleStatistics } from '@bercon/core/kit'
import type { ChannelLink, StateMessage } from './channel-link.js'

interface Word {
  readonly message: StateMessage
  readonly link: ChannelLink
}

/** What a remote connection knows of its host: what that said last. */
export class HostView {
  readonly #clock: ClientClock
  #last: Word | undefined
  #statistics: ConnectionStatistics = idleStatistics()
  // How far the host's wall clock is ahead.
  #skewMs = 0
  /** The refusal that ended the last try to log in. */
  refusal: LoginRefusedError | undefined

  constructor(clock: ClientClock) {
    this.#clock = clock
  }

  /** Whether it said anything in this life. */
  get isKnown(): boolean {
    return this.#last !== undefined
  }

  /** What it said last, if that channel is still there. */
  get present(): Word | undefined {
    return this.#last?.link.state === 'attached' ? this.#last : undefined
  }

  get statistics(): ConnectionStatistics {
    return this.#statistics
  }

  /** Returns whether it is the first word of its channel. */
  note(message: StateMessage, link: ChannelLink): boolean {
    const isFirst = this.#last?.link !== link
    this.#last = { message, link }
    this.#statistics = message.statistics
    this.#skewMs = message.at - this.#clock.wallNow()
    this.refusal = refusalIn(message.refusal && errorFromData(message.refusal))
    return isFirst
  }

  /** The time at the host, whose events have it, in ms since 1970. */
  get now(): number {
    return this.#clock.wallNow() + this.#skewMs
  }

  /** Another life begins, perhaps at another host; what was counted stays. */
  forget(): void {
    this.#last = undefined
  }
}

/** By `code`, because there can be two copies of a class. */
export function refusalIn(error: unknown): LoginRefusedError | undefined {
  return codeOf(error) === 'login-refused' ? (error as LoginRefusedError) : undefined
}
