import type { ClientMessage, HostMessage, MessageCarrier } from '@bercon/remote/wire'
import { type Asked, AT_ONCE, EVENTS, type Said } from '../call.js'

/**
 * Carries the messages of a remote connection to the thread that blocks, as few posts as possible: with each answer
 * comes what happened before it. Events wait with the host until the caller wants them.
 */
export class ThreadCarrier implements MessageCarrier {
  readonly #post: (said: Said) => void
  readonly #demand: () => number
  #mark = 0
  #messages: HostMessage[] = []
  // Only the newest matters.
  #state: HostMessage | undefined
  #turn: 'none' | 'collecting' | 'due' = 'none'
  #hear: (message: ClientMessage) => void = () => {}
  #hearRoom: () => void = () => {}

  /** @param demand returns what the caller wants now: `EVENTS`, `AT_ONCE`, both or neither. */
  constructor(post: (said: Said) => void, demand: () => number) {
    this.#post = post
    this.#demand = demand
  }

  get room(): 'free' | 'full' {
    const isTurn = this.#turn === 'due' || this.#wants(AT_ONCE)
    return isTurn && this.#wants(EVENTS) ? 'free' : 'full'
  }

  send(message: HostMessage): boolean {
    if (message.type === 'state') this.#state = message
    else if (message.type === 'event') this.#messages.push(message)
    else this.#finish(message)
    if (this.#turn === 'none' && this.#wants(AT_ONCE)) this.#flush()
    return true
  }

  onMessage(listener: (message: ClientMessage) => void): void {
    this.#hear = listener
  }

  onRoom(listener: () => void): void {
    this.#hearRoom = listener
  }

  /** Does nothing: a channel to the caller's thread ends with this thread. */
  onClose(): void {}

  close(): void {
    this.#finish({ type: 'close' })
  }

  /** Hands on what the caller has posted. */
  receive([mark, ...messages]: Asked): void {
    this.#mark = mark
    this.#turn = 'collecting'
    if (this.#wants(AT_ONCE)) this.#hearRoom()
    for (const message of messages) this.#hear(message)
    this.#turn = 'none'
    if (this.#wants(AT_ONCE)) this.#flush()
  }

  /** Posts an answer, after the events that came before it. */
  #finish(message: HostMessage): void {
    const turn = this.#turn
    this.#turn = 'due'
    this.#hearRoom()
    this.#turn = turn
    this.#messages.push(message)
    this.#flush()
  }

  #wants(bit: number): boolean {
    return (this.#demand() & bit) !== 0
  }

  #flush(): void {
    const messages = this.#messages
    const state = this.#state
    this.#messages = []
    this.#state = undefined
    this.#post(state === undefined ? [this.#mark, ...messages] : [this.#mark, state, ...messages])
  }
}
