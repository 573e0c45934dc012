import { type ConnectionEvent, parseServerMessage } from '@bercon/core'

/**
 * A connection's events that a slow reader is still owed. Beyond the limits the oldest are dropped and counted, except
 * the start of the newest login: the numbers of all later messages count from it.
 */
export class EventOutbox {
  readonly #maxEvents: number
  readonly #maxCharacters: number
  readonly #queue = new EventQueue()
  #characters = 0
  #beginning: ConnectionEvent[] = []
  #dropped = 0
  #unreported: { readonly from: number; readonly count: number } | undefined

  constructor(maxEvents: number, maxCharacters: number) {
    this.#maxEvents = maxEvents
    this.#maxCharacters = maxCharacters
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#beginning.length === 0 && this.#unreported === undefined
  }

  /** Events dropped so far. */
  get dropped(): number {
    return this.#dropped
  }

  push(event: ConnectionEvent): void {
    this.#queue.push(event)
    this.#characters += charactersOf(event)
    while (this.#queue.length > this.#maxEvents || this.#characters > this.#maxCharacters) this.#giveUp()
  }

  /** Notes an event that cannot be sent at all. */
  drop({ at }: ConnectionEvent): void {
    this.#count(at, 1)
  }

  /** Removes and returns the next event; where some were dropped, first one that says so. */
  shift(now: number): ConnectionEvent | undefined {
    const beginning = this.#beginning.shift()
    if (beginning !== undefined) return beginning
    const unreported = this.#unreported
    this.#unreported = undefined
    if (unreported !== undefined) return { type: 'eventsDropped', at: now, ...unreported }
    return this.#take()
  }

  #take(): ConnectionEvent | undefined {
    const event = this.#queue.shift()
    if (event !== undefined) this.#characters -= charactersOf(event)
    return event
  }

  #giveUp(): void {
    const event = this.#take()
    if (event === undefined) return
    if (event.type === 'connect') {
      for (const { at } of this.#beginning) this.#count(at, 1)
      this.#beginning = [event]
    } else if (this.#beginning.length === 1 && isAdminLogin(event)) this.#beginning.push(event)
    else this.#count(event.at, 1)
  }

  #count(at: number, count: number): void {
    this.#dropped += count
    const { from, count: earlier } = this.#unreported ?? { from: at, count: 0 }
    this.#unreported = { from: Math.min(from, at), count: earlier + count }
  }
}

/** First in, first out. An array would move all others up for each that leaves it. */
class EventQueue {
  #incoming: ConnectionEvent[] = []
  // The oldest is the last.
  #outgoing: ConnectionEvent[] = []

  get length(): number {
    return this.#incoming.length + this.#outgoing.length
  }

  push(event: ConnectionEvent): void {
    this.#incoming.push(event)
  }

  shift(): ConnectionEvent | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse()
      this.#incoming = []
    }
    return this.#outgoing.pop()
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
