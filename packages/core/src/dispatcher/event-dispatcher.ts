import { suggestion, unshownArgument } from '@bercon/protocol'
import { warnOfUnheardError } from './unheard-error.js'

/** An error that a listener threw, or another error outside the events. */
export interface RconErrorEvent {
  readonly type: 'error'
  readonly error: unknown
  /** What was in progress: the name of the event whose listener failed, or a few words. */
  readonly during: string
}

/** The events that every dispatcher emits. */
export interface ErrorEvents {
  readonly error: RconErrorEvent
}

/** Called with each event. If it throws or rejects, that becomes an `error` event and stops nothing else. */
export type Listener<Event> = (event: Event) => unknown

/**
 * Emits events to listeners, in order. A listener that throws or rejects stops neither the others nor the connection.
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
  readonly #watchers = new Set<(name: keyof Events) => void>()
  // Every name is valid until names are declared.
  #names: Set<keyof Events> | undefined

  /**
   * Declares the names of events. From the first call on, other names are refused, so that a misspelled one does not
   * wait for an event that never happens. A client declares its own; add yours with
   * `client.dispatch.declare(['raid'])`.
   */
  declare(names: readonly (keyof Events)[]): void {
    this.#names = new Set<keyof Events>([...(this.#names ?? ['error']), ...names])
  }

  #check(name: keyof Events, listener: unknown = () => {}): void {
    if (typeof name !== 'string') {
      const meant = suggestion(
        typeof name === 'function' ? (name as { name: string }).name : '',
        this.#known(),
      )
      throw unshownArgument(
        'name',
        name,
        'the name of an event',
        `The first argument must be the name of an event, and the second the listener${meant}`,
      )
    }
    if (this.#names !== undefined && !this.#names.has(name)) {
      const sentence = `There is no event ${JSON.stringify(name.slice(0, 80))}`
      const help = suggestion(name, this.#known()) || '; declare an event of your own with dispatch.declare()'
      throw unshownArgument('name', name, 'the name of an event', `${sentence}${help}`)
    }
    if (typeof listener === 'function') return
    throw unshownArgument(
      'listener',
      listener,
      'a function',
      listener === null
        ? `The listener of "${name}" is missing; pass a function as the second argument`
        : undefined,
    )
  }

  #known(): string[] {
    return [...(this.#names ?? [])].map(String)
  }

  /** Calls the listener with each such event from now on. Returns a function that unsubscribes it. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    this.#check(name, listener ?? null)
    // Always a new list, so that a running loop over the old one is not affected.
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
    this.#changed(name)
    // Only once: if the listener is registered twice, a second call would remove the other registration.
    let takeOff: (() => void) | undefined = () => this.off(name, listener)
    return () => {
      takeOff?.()
      takeOff = undefined
    }
  }

  /** Removes a listener, the latest registration if there are several. Returns `false` if it was not registered. */
  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): boolean {
    this.#check(name)
    const listeners = this.#listeners.get(name) ?? []
    const index = listeners.lastIndexOf(listener)
    if (index < 0) return false
    if (listeners.length === 1) this.#listeners.delete(name)
    else this.#listeners.set(name, listeners.toSpliced(index, 1))
    this.#changed(name)
    return true
  }

  /** Calls the listener with the next such event only. Returns a function that unsubscribes it earlier. */
  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    this.#check(name, listener ?? null)
    const off = this.on(name, (event) => {
      off()
      return listener(event)
    })
    return off
  }

  /**
   * Calls the function with the name of an event whenever it has another number of listeners. Returns a function that
   * unsubscribes it.
   */
  watch(onChange: (name: keyof Events) => void): () => void {
    this.#watchers.add(onChange)
    return () => this.#watchers.delete(onChange)
  }

  /** Number of listeners of a name, including waits and loops. */
  listenerCount(name: keyof Events): number {
    return this.#listeners.get(name)?.length ?? 0
  }

  /** Emits an event, which may be your own, to all its listeners. Throws only for a name that is not declared. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listeners = this.#listeners.get(name)
    if (listeners === undefined) {
      this.#check(name)
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

  /** Called with an `error` event without listeners. The first one in the process becomes a warning. */
  protected unheard(event: Events['error']): void {
    warnOfUnheardError(event)
  }

  #changed(name: keyof Events): void {
    for (const onChange of this.#watchers) onChange(name)
  }

  #fail(name: keyof Events, error: unknown): void {
    // A listener of `error` that fails has no further listener to report to.
    if (name === 'error') return
    this.emit('error', { type: 'error', error, during: String(name) } as Events['error'])
  }
}

interface Thenable {
  then(onFulfilled: undefined, onRejected: (error: unknown) => void): unknown
}

/** Whether a listener that was called is asynchronous and may fail later. */
export function isThenable(value: unknown): value is Thenable {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<Thenable>).then === 'function'
  )
}
