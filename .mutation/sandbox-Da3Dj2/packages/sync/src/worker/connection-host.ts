// @ts-nocheck
import type { ClientClock } from '@bercon/core'
import { type Connection, type ErrorData, errorToData } from '@bercon/core/kit'
import type { Answer, Call, NumberedCall, Result } from '../call.js'
import type { EventQueue } from './event-queue.js'

/** The worker's side: runs calls on a connection, and keeps its events between them. */
export class ConnectionHost {
  readonly #connection: Connection
  readonly #clock: ClientClock
  readonly #queue: EventQueue
  readonly #answer: (answer: Answer) => void
  #endPoll: () => void = () => {}

  constructor(
    connection: Connection,
    clock: ClientClock,
    queue: EventQueue,
    answer: (answer: Answer) => void,
  ) {
    this.#connection = connection
    this.#clock = clock
    this.#queue = queue
    this.#answer = answer
    connection.subscribe((event) => {
      queue.push(event)
      this.#endPoll()
    })
  }

  /** Answers the call when it is done; never rejects. */
  async handle(call: NumberedCall): Promise<void> {
    const result = await this.#carryOut(call).then(
      (reply): Result => ({ reply }),
      (error: unknown): Result => ({ error: errorToData(error) }),
    )
    const { state } = this.#connection
    const ended = state === 'closed' ? { ended: { reason: await this.#reason() } } : undefined
    const isCounted = call.type !== 'exchange' && call.type !== 'poll'
    this.#answer({
      id: call.id,
      ...result,
      state,
      events: call.takesEvents ? this.#queue.take() : [],
      lostEvents: this.#queue.lost,
      ...(isCounted ? { statistics: this.#connection.statistics } : undefined),
      ...ended,
    })
  }

  async #carryOut(call: Call): Promise<string> {
    switch (call.type) {
      case 'open':
        await this.#connection.open(call.target)
        return ''
      case 'exchange':
        return this.#connection.exchange(call, { timeoutMs: call.timeoutMs })
      case 'poll':
        await this.#nextEvent(call.waitMs)
        return ''
      case 'look':
        return ''
      case 'close':
        this.#connection.close()
        return ''
    }
  }

  /** Settles when an event arrives, or when the time is up. */
  #nextEvent(waitMs: number): Promise<void> {
    if (!this.#queue.isEmpty || waitMs <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(() => this.#endPoll(), waitMs)
      this.#endPoll = () => {
        this.#endPoll = () => {}
        cancel()
        resolve()
      }
    })
  }

  async #reason(): Promise<ErrorData | undefined> {
    const reason = await this.#connection.closed
    return reason === undefined ? undefined : errorToData(reason)
  }
}
