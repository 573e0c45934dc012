import { warnOfUnheardError } from './unheard-error.js'

/** What a listener that failed threw, or what else went wrong beside the events. */
export interface RconErrorEvent {
  readonly type: 'error'
  readonly error: unknown
  /** What was going on: the name of the event whose listener failed, or a few words. */
  readonly during: string
}

/** Every dispatcher tells of listeners that fail. */
export interface ErrorEvents {
  readonly error: RconErrorEvent
}

/** Called with each event; what it throws or rejects with becomes an `error` event and stops nothing. */
export type Listener<Event> = (event: Event) => unknown

/**
 * Tells events to listeners, in the order of their coming. A listener that throws or rejects stops neither the others
 * nor the connection.
 *
 * @example
 * ```ts
 * import { type ErrorEvents, EventDispatcher } from '@bercon/core'
 *
 * const dispatch = new EventDispatcher<ErrorEvents & { greeting: string }>()
 * dispatch.on('greeting', (text) => console.log(text))
 * dispatch.emit('greeting', 'hello') // hello
 * ```
 */
export class EventDispatcher<Events extends ErrorEvents> {
  readonly #listeners = new Map<keyof Events, readonly Listener<never>[]>()

  /** Calls the listener with each such event from now on; gives what ends that. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    // A new list each time: the one that is being gone through does not change under whoever goes.
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
    // Once only: the second call would take off somebody else's, where the same listener stands twice.
    let takeOff: (() => void) | undefined = () => this.off(name, listener)
    return () => {
      takeOff?.()
      takeOff = undefined
    }
  }

  /** Takes a listener off, the one added last where it stands several times; `false` when it was not there. */
  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): boolean {
    const listeners = this.#listeners.get(name) ?? []
    const index = listeners.lastIndexOf(listener)
    if (index < 0) return false
    if (listeners.length === 1) this.#listeners.delete(name)
    else this.#listeners.set(name, listeners.toSpliced(index, 1))
    return true
  }

  /** Calls the listener with the next such event only; gives what takes it off before. */
  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    const off = this.on(name, (event) => {
      off()
      return listener(event)
    })
    return off
  }

  /** How many listeners a name has, waits and loops with them. */
  listenerCount(name: keyof Events): number {
    return this.#listeners.get(name)?.length ?? 0
  }

  /** Tells an event, one of your own too, to everybody who listens for its name. Never throws. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listeners = this.#listeners.get(name)
    if (listeners === undefined) {
      if (name === 'error') this.unheard(event as Events['error'])
      return
    }
    for (const listener of listeners as readonly Listener<Events[Name]>[]) {
      try {
        const outcome = listener(event)
        if (isThenable(outcome)) outcome.then(undefined, (error) => this.#fail(name, error))
      } catch (error) {
        this.#fail(name, error)
      }
    }
  }

  /** Called with an `error` event that nobody listens for. The first of the process becomes a warning. */
  protected unheard(event: Events['error']): void {
    warnOfUnheardError(event)
  }

  #fail(name: keyof Events, error: unknown): void {
    // A listener of `error` that fails has nobody left to be told to.
    if (name === 'error') return
    this.emit('error', { type: 'error', error, during: String(name) } as Events['error'])
  }
}

interface Thenable {
  then(onFulfilled: undefined, onRejected: (error: unknown) => void): unknown
}

/** Whether a listener that was called goes on, and may fail later. */
export function isThenable(value: unknown): value is Thenable {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<Thenable>).then === 'function'
  )
}
