import { type NatsConnection, NoRespondersError } from '@nats-io/transport-node'
import type { Answer, Bus, BusMessage, BusReply, RequestOptions } from '../bus.js'

// How much may wait to be sent; beyond it events are dropped.
const MAX_UNSENT = 8 * 1_048_576
// Between two questions to the server how far it has read.
const FLUSH_MS = 100

/** A bus over a connection to NATS. While there is none, nothing is sent: events are dropped, and requests reach nobody. */
export class NatsBus implements Bus {
  readonly #connection: NatsConnection
  #state: 'connected' | 'disconnected' = 'connected'
  #unsent = 0
  #isFlushing = false

  constructor(connection: NatsConnection) {
    this.#connection = connection
    void this.#follow()
  }

  async request(subject: string, text: string, { timeoutMs, signal }: RequestOptions): Promise<BusReply> {
    if (this.#state === 'disconnected' || this.#connection.isClosed()) return { type: 'nobody' }
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
        if (error !== null) return
        void answer({ subject: message.subject, text: message.string() }).then((reply) => {
          if (reply !== undefined && !this.#connection.isClosed()) message.respond(reply)
        })
      },
    })
    return () => this.#unless(() => subscription.unsubscribe())
  }

  publish(subject: string, text: string): boolean {
    if (this.#state === 'disconnected' || this.#connection.isClosed()) return false
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
    while (this.#unsent > 0 && this.#state === 'connected') {
      const sent = this.#unsent
      // Fails when the connection breaks; what was sent then is lost or was received.
      await this.#connection.flush().catch(() => {})
      this.#unsent -= sent
      await new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())
    }
    this.#isFlushing = false
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection') this.#state = 'disconnected'
      if (type !== 'reconnect') continue
      this.#state = 'connected'
      this.#unsent = 0
    }
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
