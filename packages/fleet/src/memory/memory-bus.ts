import { type ClientClock, systemClock } from '@bercon/client'
import {
  type Answer,
  type Bus,
  type BusMessage,
  type BusReply,
  matcher,
  type RequestOptions,
} from '../bus.js'

interface Subscription<Listener> {
  readonly isFor: (tokens: readonly string[]) => boolean
  readonly listener: Listener
}

const A_TURN_LATER = Promise.resolve()

/** A bus within one process: no text is lost, and everybody hears in order, a turn later. */
export class MemoryBus implements Bus {
  readonly #clock: ClientClock
  readonly #listeners = new Set<Subscription<(message: BusMessage) => void>>()
  readonly #servants = new Set<Subscription<Answer>>()

  constructor(clock: ClientClock = systemClock) {
    this.#clock = clock
  }

  request(subject: string, text: string, { timeoutMs, signal }: RequestOptions): Promise<BusReply> {
    const tokens = subject.split('.')
    const answers = [...this.#servants].filter(({ isFor }) => isFor(tokens))
    if (answers.length === 0) return Promise.resolve({ type: 'nobody' })
    return new Promise((resolve) => {
      const end = (reply: BusReply) => {
        cancel()
        signal?.removeEventListener('abort', giveUp)
        resolve(reply)
      }
      const giveUp = () => end({ type: 'silence' })
      const cancel = this.#clock.setTimer(giveUp, timeoutMs)
      signal?.addEventListener('abort', giveUp)
      for (const { listener } of answers)
        void answerOf(listener, { subject, text }).then((reply) => {
          if (reply !== undefined) end({ type: 'reply', text: reply })
        })
    })
  }

  serve(subject: string, answer: Answer): () => void {
    return addedTo(this.#servants, { isFor: matcher(subject), listener: answer })
  }

  publish(subject: string, text: string): boolean {
    const tokens = subject.split('.')
    for (const subscription of this.#listeners) {
      if (!subscription.isFor(tokens)) continue
      void A_TURN_LATER.then(() => {
        if (this.#listeners.has(subscription)) subscription.listener({ subject, text })
      })
    }
    return true
  }

  subscribe(subject: string, listener: (message: BusMessage) => void): () => void {
    return addedTo(this.#listeners, { isFor: matcher(subject), listener })
  }
}

async function answerOf(answer: Answer, message: BusMessage): Promise<string | undefined> {
  await Promise.resolve()
  return answer(message)
}

function addedTo<T>(set: Set<T>, item: T): () => void {
  set.add(item)
  return () => set.delete(item)
}
