import { InvalidArgumentError } from '@bercon/protocol'
import { ClosedError } from './errors/command-errors.js'

/** What this package needs of an `AbortSignal`, described structurally: every `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean
  readonly reason: unknown
  /** Calls the listener when the signal is aborted. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  /** Takes the listener off again. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/** @throws {@link InvalidArgumentError} for what is no signal. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return
  const { addEventListener, removeEventListener } = Object(signal) as Partial<CancelSignal>
  if (typeof addEventListener !== 'function' || typeof removeEventListener !== 'function')
    throw new InvalidArgumentError('signal', signal, 'an AbortSignal')
}

/** Calls `onAbort` once the signal is aborted, at once if it is; gives what takes the listener off again. */
export function whenAborted(
  signal: CancelSignal | undefined,
  onAbort: (reason: unknown) => void,
): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    onAbort(signal.reason)
    return () => {}
  }
  const { waiting, tell } = relayOf(signal)
  const wait = () => onAbort(signal.reason)
  waiting.add(wait)
  return () => {
    if (!waiting.delete(wait) || waiting.size > 0) return
    if (relays.get(signal)?.waiting === waiting) relays.delete(signal)
    signal.removeEventListener('abort', tell)
  }
}

/** The one listener at a signal, and whom it tells. */
interface Relay {
  readonly waiting: Set<() => void>
  readonly tell: () => void
}

// Many commands may wait for one signal, and Node 20 warns of the eleventh listener.
const relays: WeakMap<CancelSignal, Relay> = new WeakMap()

function relayOf(signal: CancelSignal): Relay {
  const known = relays.get(signal)
  if (known !== undefined) return known
  const waiting = new Set<() => void>()
  const tell = () => {
    relays.delete(signal)
    const errors: unknown[] = []
    for (const wait of waiting) {
      // One that fails keeps no other from being told.
      try {
        wait()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
  signal.addEventListener('abort', tell, { once: true })
  relays.set(signal, { waiting, tell })
  return { waiting, tell }
}

/** A signal of one's own, for any number of listeners: runtimes warn of more than ten at an `AbortSignal`. */
export class Cancellation implements CancelSignal {
  readonly #listeners = new Set<() => void>()
  #reason: unknown
  #state: 'open' | 'aborted' = 'open'

  /** Whether `abort` was called. */
  get aborted(): boolean {
    return this.#state === 'aborted'
  }

  /** What `abort` was given. */
  get reason(): unknown {
    return this.#reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener)
  }

  /** Tells every listener, the first time. */
  abort(reason: unknown): void {
    if (this.aborted) return
    this.#state = 'aborted'
    this.#reason = reason
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }
}

// Each end has one signal, however many wait for it.
const endSignals: WeakMap<Promise<Error | undefined>, Cancellation> = new WeakMap()

/**
 * A signal that is aborted when a connection has ended: with the reason, or with {@link ClosedError} after `close()`.
 * A connection that is opened again has another: ask for it at each wait.
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
