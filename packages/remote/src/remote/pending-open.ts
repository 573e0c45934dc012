import type { ConnectionState, Target } from '@bercon/core'
import { Deferred, isLoggedInState } from '@bercon/core/kit'
import type { ChannelLink } from './channel-link.js'

/** A login that was asked for through a channel, over as many channels as it takes. */
export class PendingOpen {
  readonly target: Target
  readonly #done = new Deferred<void>()
  #link: ChannelLink | undefined
  #id = 0

  constructor(target: Target) {
    this.target = target
    // After a lost login nobody waits for it.
    this.#done.promise.catch(() => {})
  }

  get promise(): Promise<void> {
    return this.#done.promise
  }

  /** What has to be done about it, once the host says where its connection stands; nothing while that may change. */
  turn(host: ConnectionState, link: ChannelLink): 'ask' | 'done' | 'foreign' | undefined {
    // Its answer will come, whatever the state.
    if (this.#link === link || host === 'connecting') return undefined
    if (!isLoggedInState(host) && host !== 'reconnecting') return 'ask'
    // Asked on a channel that was lost before the answer came; otherwise it is another's login.
    return this.#link === undefined ? 'foreign' : 'done'
  }

  ask(link: ChannelLink): void {
    const { host, port, password } = this.target
    this.#link = link
    this.#id = link.nextId()
    link.send({ type: 'open', id: this.#id, target: { host, port, password } })
  }

  /** Whether an answer of that channel is its own. */
  isAnsweredBy(id: number, link: ChannelLink): boolean {
    return this.#link === link && this.#id === id
  }

  /** Gives it up at the host. */
  cancel(): void {
    this.#link?.send({ type: 'cancel', id: this.#id })
  }

  resolve(): void {
    this.#done.resolve()
  }

  reject(reason: unknown): void {
    this.#done.reject(reason)
  }
}
