import type { ClientClock } from '@bercon/client'
import type { EventFeed, FedEvent } from '../../events/event-feed.js'
import type { Role } from '../../roles/role.js'

/** What a stream of server-sent events needs. */
export interface StreamParts {
  readonly feed: EventFeed
  readonly clock: ClientClock
  /** The reader's role now; `undefined` once they are no user any more. */
  readonly role: () => Role | undefined
  /** Which events the reader wants. */
  readonly wants: (event: FedEvent) => boolean
  /** `Last-Event-ID`. */
  readonly lastId: string | undefined
  /** Cuts the reader's connection, where they do not read even the end. */
  readonly cut: () => void
  /** Is called once, at the end. */
  readonly onEnd: () => void
}

const BATCH = 100
const HEARTBEAT_MS = 15_000
const RETRY = 'retry: 3000\n\n'

/**
 * Events as text/event-stream. A reader holds no more than their place in the feed: one that reads too slowly to
 * be there before events are forgotten is disconnected, and comes back with a gap that has a name.
 */
export function eventStream(parts: StreamParts): ReadableStream<Uint8Array> {
  const reader = new FeedReader(parts)
  return new ReadableStream<Uint8Array>({
    start: (controller) => reader.begin(controller),
    pull: (controller) => reader.read(controller),
    cancel: () => reader.end(),
  })
}

type Controller = ReadableStreamDefaultController<Uint8Array>

class FeedReader {
  readonly #parts: StreamParts
  readonly #encoder = new TextEncoder()
  #number: number
  #wake: (() => void) | undefined
  #stopListening: () => void = () => {}
  #cancelHeartbeat: () => void = () => {}
  // Heartbeats in a row at which nothing had been read.
  #unread = 0
  #isEnded = false

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#number = parts.feed.lastNumber
  }

  begin(controller: Controller): void {
    const { feed, lastId } = this.#parts
    const last = lastId === undefined ? undefined : feed.numberOf(lastId)
    let text = RETRY
    if (last !== undefined) {
      const { missed } = feed.after(last, 0)
      this.#number = last + missed
      if (missed > 0) text += missedEvent(missed)
    } else if (lastId !== undefined) text += missedEvent(null)
    controller.enqueue(this.#encoder.encode(text))
    this.#stopListening = feed.subscribe(() => this.#wake?.())
    this.#beat(controller)
  }

  /** Waits until there is something that the reader may hear. */
  async read(controller: Controller): Promise<void> {
    const { feed, role, wants } = this.#parts
    this.#unread = 0
    for (;;) {
      const { missed, events } = feed.after(this.#number, BATCH)
      const current = role()
      if (current === undefined || missed > 0) {
        this.#close(controller)
        return
      }
      this.#number = events.at(-1)?.number ?? this.#number
      const heard = events.filter(
        (event) => current.knows(event.server) && current.mayHear(event.type) && wants(event),
      )
      if (heard.length > 0) {
        controller.enqueue(
          this.#encoder.encode(heard.map((event) => eventText(feed.idOf(event), event)).join('')),
        )
        return
      }
      if (events.length > 0) continue
      const isEnded = await this.#next()
      if (isEnded) return
    }
  }

  end(): void {
    if (this.#isEnded) return
    this.#parts.onEnd()
    this.#stopListening()
    this.#cancelHeartbeat()
    this.#isEnded = true
    this.#wake?.()
  }

  #next(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined
        resolve(this.#isEnded)
      }
    })
  }

  #close(controller: Controller): void {
    if (this.#isEnded) return
    this.end()
    controller.close()
  }

  /** A comment now and then keeps proxies from ending the stream; one that is never read ends it. */
  #beat(controller: Controller): void {
    this.#cancelHeartbeat = this.#parts.clock.setTimer(() => {
      const isRead = (controller.desiredSize ?? 0) > 0
      this.#unread = isRead ? 0 : this.#unread + 1
      if (this.#parts.role() === undefined || this.#unread > 1) {
        this.#close(controller)
        if (!isRead) this.#parts.cut()
        return
      }
      if (isRead) controller.enqueue(this.#encoder.encode(': \n\n'))
      this.#beat(controller)
    }, HEARTBEAT_MS)
  }
}

function eventText(id: string, { type, data }: FedEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`
}

function missedEvent(count: number | null): string {
  return `event: missed\ndata: ${JSON.stringify({ count })}\n\n`
}
