import { type NatsConnection, NoRespondersError } from '@nats-io/transport-node'
import type { Answer, Bus, BusMessage, BusReply, RequestOptions } from '../bus.js'
import type { NatsLink } from './nats-link.js'

// How much may wait to be sent; beyond it events are dropped.
const MAX_UNSENT = 8 * 1_048_576
// Between two questions to the server how far it has read.
const FLUSH_MS = 100

// The user of a request chooses where its answer goes, and a worker may publish where the user may not: the answer to a command
// could become a change of the list of servers.
const INBOX = /^_INBOX[^.]*\./

/** Whether the subjects of replies that begin so are ones on which requests are answered. */
export function isInboxPrefix(prefix: string): boolean {
  return INBOX.test(`${prefix}.`)
}

/** A bus over a connection to NATS. Requests that want their reply elsewhere than in an inbox (`_INBOX…`) are ignored. While there is none, it sends none: events are dropped, and requests reach nobody. */
export class NatsBus implements Bus {
  readonly #connection: NatsConnection
  readonly #link: NatsLink
  #unsent = 0
  #isFlushing = false

  constructor(connection: NatsConnection, link: NatsLink) {
    this.#connection = connection
    this.#link = link
    link.onChange(() => {
      if (link.isUp) this.#unsent = 0
    })
  }

  async request(subject: string, text: string, { timeoutMs, signal }: RequestOptions): Promise<BusReply> {
    if (!this.#link.isUp) return { type: 'nobody' }
    let giveUp = () => {}
    const aborted = new Promise<BusReply>((resolve) => {
      giveUp = () => resolve({ type: 'silence' })
      if (signal?.aborted) giveUp()
      signal?.addEventListener('abort', giveUp)
    })
    const reply = await Promise.race([aborted, this.#ask(subject, text, timeoutMs)])
    signal?.removeEventListener('abort', giveUp)
    return reply
  }

  serve(subject: string, answer: Answer): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null || !INBOX.test(message.reply ?? '')) return
        void answer({ subject: message.subject, text: message.string() }).then((reply) => {
          if (reply !== undefined && !this.#connection.isClosed()) message.respond(reply)
        })
      },
    })
    return () => this.#unless(() => subscription.unsubscribe())
  }

  publish(subject: string, text: string): boolean {
    if (!this.#link.isUp) return false
    if (this.#unsent + text.length > MAX_UNSENT) return false
    this.#connection.publish(subject, text)
    this.#unsent += text.length
    if (!this.#isFlushing) void this.#flush()
    return true
  }

  subscribe(subject: string, listener: (message: BusMessage) => void): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) listener({ subject: message.subject, text: message.string() })
      },
    })
    return () => this.#unless(() => subscription.unsubscribe())
  }

  async #ask(subject: string, text: string, timeoutMs: number): Promise<BusReply> {
    try {
      const message = await this.#connection.request(subject, text, { timeout: Math.max(1, timeoutMs) })
      return { type: 'reply', text: message.string() }
    } catch (error) {
      return isNobody(error) ? { type: 'nobody' } : { type: 'silence' }
    }
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true
    while (this.#unsent > 0 && this.#link.isUp) {
      const sent = this.#unsent
      // Fails when the connection breaks; what was sent then is lost or was received.
      await this.#connection.flush().catch(() => {})
      this.#unsent = Math.max(0, this.#unsent - sent)
      await new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())
    }
    this.#isFlushing = false
  }

  #unless(stop: () => void): void {
    if (!this.#connection.isClosed()) stop()
  }
}

/** NATS says so itself: nobody listens on the subject. */
function isNobody(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return error instanceof NoRespondersError || cause instanceof NoRespondersError
}
