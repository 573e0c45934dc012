import type { Connection, ConnectionEvent, ConnectionState, DisconnectReason } from '@bercon/core'
import { distinctUntilChanged, map, merge, type Observable, of, Subject, takeWhile } from 'rxjs'

/** Where a connection stands, as `connection$` tells it. */
export type ConnectionStatus =
  | { readonly state: Exclude<ConnectionState, 'reconnecting' | 'closed'> }
  | {
      readonly state: 'reconnecting'
      /** From 1, since the login was lost. */
      readonly attempt: number
      /** From the telling until the login is tried, in ms. */
      readonly delayMs: number
    }
  | {
      readonly state: 'closed'
      /** `refused`: the password, at a reconnect. */
      readonly reason: Exclude<DisconnectReason, 'forgotten'>
    }

/** The status of one connection over time. */
export class StatusRecord {
  readonly #changed = new Subject<void>()
  #status: ConnectionStatus = { state: 'idle' }

  constructor(connection: Connection) {
    this.read(connection.state)
    connection.subscribe((event) => this.#follow(event))
  }

  /** The status now and each change, up to and with `closed`. */
  get status$(): Observable<ConnectionStatus> {
    return atOnceAndAfter(this.#changed, () => this.#status).pipe(
      distinctUntilChanged(),
      takeWhile(({ state }) => state !== 'closed', true),
    )
  }

  set(status: ConnectionStatus): void {
    // Only reconnecting has news without another state.
    if (status.state === this.#status.state && status.state !== 'reconnecting') return
    this.#status = status
    this.#changed.next()
  }

  /** Notes what no event tells: where a connection stands at first, that a login is begun, that it failed. */
  read(state: ConnectionState): void {
    if (state !== 'reconnecting' && state !== 'closed') this.set({ state })
  }

  #follow(event: ConnectionEvent): void {
    if (event.type === 'connect') this.set({ state: 'connected' })
    if (event.type === 'reconnecting') {
      const { attempt, delayMs } = event
      this.set({ state: 'reconnecting', attempt, delayMs })
    }
    // After `forgotten` comes `reconnecting`, which says more.
    if (event.type === 'disconnect' && event.reason !== 'forgotten')
      this.set({ state: 'closed', reason: event.reason })
  }
}

/** What `read` returns now, and after each change; one that a subscriber makes is not missed. */
export function atOnceAndAfter<T>(changed$: Observable<void>, read: () => T): Observable<T> {
  return merge(changed$, of(undefined)).pipe(map(read))
}
