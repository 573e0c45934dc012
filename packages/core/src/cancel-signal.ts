import { InvalidArgumentError } from '@bercon/protocol'
import { ClosedError } from './errors/command-errors.js'

/** The parts of an `AbortSignal` that this package needs, described structurally. Every `AbortSignal` qualifies. */
export interface CancelSignal {
  readonly aborted: boolean
  readonly reason: unknown
  /** Calls the listener once the signal is aborted. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  /** Removes the listener. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/** @throws {@link InvalidArgumentError} for a value that is not a signal. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return
  const { addEventListener, removeEventListener } = Object(signal) as Partial<CancelSignal>
  if (typeof addEventListener !== 'function' || typeof removeEventListener !== 'function')
    throw new InvalidArgumentError('signal', signal, 'an AbortSignal')
}

/** Calls `onAbort` once the signal is aborted, at once if it already is. Returns a function that unsubscribes it. */
export function whenAborted(
  signal: CancelSignal | undefined,
  onAbort: (reason: unknown) => void,
): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    onAbort(signal.reason)
    return () => {}
  }
  // It has no limit to its listeners, and hosts make one for each command.
  if (signal instanceof Cancellation) {
    const listener = () => onAbort(signal.reason)
    signal.addEventListener('abort', listener)
    return () => signal.removeEventListener('abort', listener)
  }
  const { waiting, notify } = relayOf(signal)
  const wait = () => onAbort(signal.reason)
  waiting.add(wait)
  return () => {
    if (!waiting.delete(wait) || waiting.size > 0) return
    if (relays.get(signal)?.waiting === waiting) relays.delete(signal)
    signal.removeEventListener('abort', notify)
  }
}

/** The only listener of a signal, and those that it calls in turn. */
interface Relay {
  readonly waiting: Set<() => void>
  readonly notify: () => void
}

// Many commands may wait for one signal, and Node 20 warns at the eleventh listener.
const relays: WeakMap<CancelSignal, Relay> = new WeakMap()

function relayOf(signal: CancelSignal): Relay {
  const known = relays.get(signal)
  if (known !== undefined) return known
  const waiting = new Set<() => void>()
  const notify = () => {
    relays.delete(signal)
    callAll(waiting)
  }
  signal.addEventListener('abort', notify, { once: true })
  relays.set(signal, { waiting, notify })
  return { waiting, notify }
}

/** Calls all of them, even if one throws; the first error is thrown afterwards. */
function callAll(listeners: Iterable<() => void>): void {
  const errors: unknown[] = []
  for (const listener of listeners) {
    try {
      listener()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}

/** A signal of your own for any number of listeners. At an `AbortSignal`, runtimes warn at more than ten. */
export class Cancellation implements CancelSignal {
  readonly #listeners = new Set<() => void>()
  #reason: unknown
  #state: 'open' | 'aborted' = 'open'

  /** Whether `abort` was called. */
  get aborted(): boolean {
    return this.#state === 'aborted'
  }

  /** The reason passed to `abort`. */
  get reason(): unknown {
    return this.#reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener)
  }

  /** Calls every listener, only the first time. */
  abort(reason: unknown): void {
    if (this.aborted) return
    this.#state = 'aborted'
    this.#reason = reason
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    callAll(listeners)
  }
}

// Each end has one signal, regardless of how many wait for it.
const endSignals: WeakMap<Promise<Error | undefined>, Cancellation> = new WeakMap()

/**
 * A signal that is aborted when a connection ends: with its error, or with {@link ClosedError} after `close()`. A
 * connection that is opened again has another signal, so get it for each wait.
 */
export function endSignal({ closed }: { readonly closed: Promise<Error | undefined> }): CancelSignal {
  const known = endSignals.get(closed)
  if (known !== undefined) return known
  const ended = new Cancellation()
  endSignals.set(closed, ended)
  void closed.then((reason) => {
    ended.abort(reason ?? new ClosedError({ command: 'waitFor', outcome: 'not-sent' }))
  })
  return ended
}
