// @ts-nocheck
import type { ConnectionEvent, ConnectionState, DisconnectReason } from '@bercon/core'
import { type Connection, isEnd } from '@bercon/core/kit'
import { distinctUntilChanged, map, merge, type Observable, of, Subject, takeWhile } from 'rxjs'

/** The state of a connection, as `connection$` emits it. */
export type ConnectionStatus =
  | { readonly state: Exclude<ConnectionState, 'reconnecting' | 'closed'> }
  | {
      readonly state: 'reconnecting'
      /** The number of the login attempt since the loss, from 1. */
      readonly attempt: number
      /** Time from this status until the attempt, in ms. */
      readonly delayMs: number
    }
  | {
      readonly state: 'closed'
      /** `refused`: the server refused the password at a reconnect. */
      readonly reason: Exclude<DisconnectReason, 'forgotten' | 'channel-lost'>
    }

/** The status of one connection over time. */
export class StatusRecord {
  readonly #changed = new Subject<void>()
  #status: ConnectionStatus = { state: 'idle' }

  constructor(connection: Connection) {
    this.read(connection.state)
    connection.subscribe((event) => this.#follow(event))
  }

  /** Emits the current status and each change, up to and including `closed`. */
  get status$(): Observable<ConnectionStatus> {
    return atOnceAndAfter(this.#changed, () => this.#status).pipe(
      distinctUntilChanged(),
      takeWhile(({ state }) => state !== 'closed', true),
    )
  }

  set(status: ConnectionStatus): void {
    // Only `reconnecting` changes without a new state.
    if (status.state === this.#status.state && status.state !== 'reconnecting') return
    this.#status = status
    this.#changed.next()
  }

  /** Notes what no event reports: the initial state, the start of a login, its failure. */
  read(state: ConnectionState): void {
    if (state !== 'reconnecting' && state !== 'closed') this.set({ state })
  }

  #follow(event: ConnectionEvent): void {
    if (event.type === 'connect' || event.type === 'responsive') this.set({ state: 'connected' })
    if (event.type === 'unresponsive') this.set({ state: 'unresponsive' })
    if (event.type === 'reconnecting') {
      const { attempt, delayMs } = event
      this.set({ state: 'reconnecting', attempt, delayMs })
    }
    // `reconnecting` follows every other, and says more.
    if (event.type === 'disconnect' && isEnd(event.reason))
      this.set({ state: 'closed', reason: event.reason })
  }
}

/** Emits what `read` returns now, and after each change; a change made by a subscriber is not missed. */
export function atOnceAndAfter<T>(changed$: Observable<void>, read: () => T): Observable<T> {
  return merge(changed$, of(undefined)).pipe(map(read))
}
