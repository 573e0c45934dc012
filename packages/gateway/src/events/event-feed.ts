import { randomBytes } from 'node:crypto'
import type { NameCheck } from '../roles/glob.js'
import type { HeardEvent } from './heard-events.js'

/** An event with its number in the feed. */
export interface FedEvent extends HeardEvent {
  /** Counts the events of the feed, from 1. */
  readonly number: number
}

/** Events in order, and how many before them are forgotten already. */
export interface Replay {
  readonly missed: number
  readonly events: readonly FedEvent[]
}

/** How much of the past the feed keeps. */
export interface FeedLimits {
  readonly events: number
  /** Characters of JSON. */
  readonly length: number
}

const LIMITS: FeedLimits = { events: 10_000, length: 8_388_608 }
const ID = /^([A-Za-z0-9_-]{8})-([0-9]{1,15})$/

/** The events of all servers in one order, with as much of the past as the limits allow. */
export class EventFeed {
  readonly #limits: FeedLimits
  // The numbers of another life of the gateway are not of this one.
  readonly #run = randomBytes(6).toString('base64url')
  readonly #listeners = new Set<(event?: FedEvent) => void>()
  // The newest line of each type, by server, the newest of all last.
  readonly #lastLines = new Map<string, Map<string, { readonly at: number; readonly text: string }>>()
  // By number, up to the last one without a gap.
  readonly #past = new Map<number, FedEvent>()
  #length = 0
  #lastNumber = 0

  constructor(limits: FeedLimits = LIMITS) {
    this.#limits = limits
  }

  add(event: HeardEvent): void {
    const fed = { ...event, number: ++this.#lastNumber }
    this.#past.set(fed.number, fed)
    this.#length += fed.data.length
    this.#forget()
    if (event.line !== undefined) this.#noteLine(event, event.line)
    for (const listener of this.#listeners) listener(fed)
  }

  /** Calls the listener with every event from now on, and without one by `wake`; it must not throw. */
  subscribe(listener: (event?: FedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Lets every reader look again whether they may still read. */
  wake(): void {
    for (const listener of this.#listeners) listener()
  }

  /** What a reader shows when they come back. */
  idOf({ number }: FedEvent): string {
    return `${this.#run}-${number}`
  }

  /** Where a reader begins who wants what happens from now on. */
  get lastNumber(): number {
    return this.#lastNumber
  }

  /** The number of the event that a reader has seen last; `undefined` for an id of another life of the gateway. */
  numberOf(id: string): number | undefined {
    const [, run, digits] = ID.exec(id) ?? []
    const number = Number(digits)
    return run === this.#run && number <= this.#lastNumber ? number : undefined
  }

  /** The next events after the one with that number. */
  after(number: number, most: number): Replay {
    const from = Math.max(number + 1, this.#oldest)
    const count = Math.min(most, this.#lastNumber + 1 - from)
    const events = Array.from({ length: count }, (_, index) => this.#past.get(from + index) as FedEvent)
    return { missed: from - number - 1, events }
  }

  /** The newest line of a server of the types that count. */
  lastLine(server: string, mayHear: NameCheck): { readonly at: number; readonly text: string } | undefined {
    return [...(this.#lastLines.get(server) ?? [])].findLast(([type]) => mayHear(type))?.[1]
  }

  /** Forgets the lines of a server that is no more. */
  forgetServer(server: string): void {
    this.#lastLines.delete(server)
  }

  #noteLine({ server, type, at }: HeardEvent, text: string): void {
    const lines = this.#lastLines.get(server) ?? new Map()
    this.#lastLines.set(server, lines)
    lines.delete(type)
    lines.set(type, { at, text })
  }

  #forget(): void {
    const { events, length } = this.#limits
    while (this.#past.size > events || this.#length > length) {
      const oldest = this.#oldest
      this.#length -= (this.#past.get(oldest) as FedEvent).data.length
      this.#past.delete(oldest)
    }
  }

  get #oldest(): number {
    return this.#lastNumber - this.#past.size + 1
  }
}
