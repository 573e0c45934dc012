// @ts-nocheck
import { type ConnectionEvent, parseServerMessage } from '@bercon/core'
import { BoundedQueue } from '../bounded-queue.js'

/** Limit for the texts of all waiting events together: whatever the size of each, memory is bounded. */
const MAX_QUEUED_CHARACTERS = 64 * 1024 * 1024

/**
 * A connection's events until the caller takes them. Beyond the limits the oldest are dropped and counted, except the
 * start of the newest login: the numbers of all later messages count from it.
 */
export class EventQueue {
  readonly #maxCharacters: number
  readonly #events: BoundedQueue<ConnectionEvent>
  #characters = 0
  #beginning: readonly ConnectionEvent[] = []
  #lost = 0

  constructor(maxEvents: number, maxCharacters: number = MAX_QUEUED_CHARACTERS) {
    this.#events = new BoundedQueue(maxEvents)
    this.#maxCharacters = maxCharacters
  }

  get isEmpty(): boolean {
    return this.#events.length === 0
  }

  /** Events dropped so far. */
  get lost(): number {
    return this.#lost
  }

  push(event: ConnectionEvent): void {
    this.#characters += charactersOf(event)
    this.#giveUp(this.#events.push(event))
    while (this.#characters > this.#maxCharacters) this.#giveUp(this.#events.shift())
  }

  /** Removes and returns all waiting events. */
  take(): readonly ConnectionEvent[] {
    const events = this.#events.take()
    const beginning = this.#beginning
    this.#beginning = []
    this.#characters = 0
    return beginning.length === 0 ? events : [...beginning, ...events]
  }

  #giveUp(event: ConnectionEvent | undefined): void {
    if (event === undefined) return
    this.#characters -= charactersOf(event)
    if (event.type === 'connect') {
      this.#lost += this.#beginning.length
      this.#beginning = [event]
    } else if (this.#beginning.length === 1 && isAdminLogin(event))
      this.#beginning = [...this.#beginning, event]
    else this.#lost++
  }
}

function charactersOf(event: ConnectionEvent): number {
  if (event.type === 'message') return event.text.length + (event.bytes?.length ?? 0)
  return event.type === 'command' ? event.text.length + event.reply.length : 0
}

/** The first one after a login shows the client's own admin number (W2). */
function isAdminLogin(event: ConnectionEvent): boolean {
  return event.type === 'message' && parseServerMessage(event.text).type === 'adminLogin'
}
