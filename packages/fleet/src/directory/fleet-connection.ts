import {
  type CallOptions,
  type ClientClock,
  ClosedError,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStatistics,
} from '@bercon/client'
import {
  Cancellation,
  type CommandRequest,
  type Connection,
  EventListeners,
  idleStatistics,
} from '@bercon/core/kit'
import type { ServerEvent } from '../wire/server-event.js'
import type { OwnedServer } from '../wire/worker-report.js'
import { type CommandRoute, FleetExchange, type FleetExchangeParts } from './fleet-exchange.js'

/** Who owns a server. */
export interface Owner {
  readonly worker: string
  readonly epoch: number
}

// After this time without an owner an epoch may be smaller: the store of the leases has begun anew.
const NEW_STORE_MS = 60_000

type LoggedIn = 'connected' | 'unresponsive'

/**
 * A server's connection as its users see it, regardless of its owner: a change of owner looks like a lost login and another. What
 * happens under an earlier owner is not reported once a later one is known, and no event is reported twice.
 */
export class FleetConnection implements Connection, CommandRoute {
  readonly refusal = undefined
  readonly #clock: ClientClock
  readonly #exchange: FleetExchange
  readonly #listeners = new EventListeners()
  readonly #owners = new Set<() => void>()
  readonly #end = new Cancellation()
  readonly #settleClosed: () => void
  readonly closed: Promise<Error | undefined>
  #state: ConnectionState = 'connecting'
  #owner: Owner | undefined
  // Of the last owner: a smaller epoch is of an earlier one.
  #epoch = 0
  #heardAt = 0
  #number = 0
  #eventAt = 0
  #address = ''
  #statistics: ConnectionStatistics = idleStatistics()

  constructor(name: string, parts: FleetExchangeParts) {
    this.#clock = parts.clock
    this.#exchange = new FleetExchange(name, this, parts)
    let settle = () => {}
    this.closed = new Promise((resolve) => {
      settle = () => resolve(undefined)
    })
    this.#settleClosed = settle
  }

  /** The state of the owner's connection, as last reported. */
  get state(): ConnectionState {
    return this.#state
  }

  /** The statistics of the owner's connection, as last reported. */
  get statistics(): ConnectionStatistics {
    return this.#statistics
  }

  /** Who owns the server now, as far as is known. */
  get owner(): Owner | undefined {
    return this.#owner
  }

  get end(): Cancellation {
    return this.#end
  }

  /** Waits until the owner has a login; the fleet's workers know where to. */
  async open(_target: unknown, { signal }: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    while (!this.#isLoggedIn) {
      if (signal?.aborted) throw signal.reason
      if (this.#end.aborted) throw new ClosedError({ command: 'connect', outcome: 'not-sent' })
      await new Promise<void>((resolve) => {
        const done = () => {
          off()
          signal?.removeEventListener('abort', done)
          this.#end.removeEventListener('abort', done)
          resolve()
        }
        const off = this.subscribe(({ type }) => type === 'connect' && done())
        signal?.addEventListener('abort', done)
        this.#end.addEventListener('abort', done)
      })
    }
  }

  exchange(request: CommandRequest, options: CallOptions = {}): Promise<string> {
    return this.#exchange.run(request, options)
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener)
  }

  close(): void {
    const wasUp = this.#isLoggedIn || this.#state === 'reconnecting'
    this.#state = 'closed'
    this.#end.abort(new Error('The connection is closed'))
    this.#settleClosed()
    if (wasUp) this.#listeners.emit({ type: 'disconnect', at: this.#clock.wallNow(), reason: 'closed' })
  }

  onOwner(listener: () => void): () => void {
    this.#owners.add(listener)
    return () => this.#owners.delete(listener)
  }

  forget(epoch: number): void {
    if (this.#owner?.epoch === epoch) this.#forgetOwner()
  }

  /** The owner reports how the server stands. */
  hearReport(worker: string, { epoch, state, address, statistics }: OwnedServer): void {
    if (!this.#hear(worker, epoch)) return
    this.#statistics = statistics
    if (address !== '') this.#address = address
    if (state === 'connected' || state === 'unresponsive') this.#loggedIn(state)
    else this.#loggedOut(state === 'refused' ? 'refused' : undefined)
  }

  /** The owner publishes what has happened. */
  hearEvent({ epoch, number, event }: ServerEvent): void {
    if (epoch === this.#epoch && number <= this.#number) return
    // Who it is, its next report says; what it says of the server is true already.
    if (!this.#hear(this.#owner?.worker ?? '', epoch)) return
    const lost = this.#number === 0 ? 0 : number - this.#number - 1
    const from = this.#eventAt
    const { at } = event
    this.#number = number
    this.#eventAt = at
    if (lost > 0) this.#listeners.emit({ type: 'eventsDropped', at, from, count: lost })
    this.#follow(event)
  }

  /** Nothing more is believed of an owner that has not been heard of since then. */
  expire(heardSince: number): void {
    if (this.#heardAt < heardSince) this.#forgetOwner()
  }

  get #isLoggedIn(): boolean {
    return this.#state === 'connected' || this.#state === 'unresponsive'
  }

  /** Returns `false` for what an earlier owner says, or after the end. */
  #hear(worker: string, epoch: number): boolean {
    if (this.#state === 'closed') return false
    const now = this.#clock.now()
    if (epoch < this.#epoch && (this.#owner !== undefined || now - this.#heardAt < NEW_STORE_MS)) return false
    this.#heardAt = now
    const isNew = this.#owner?.epoch !== epoch
    if (epoch !== this.#epoch) {
      this.#loggedOut()
      this.#number = 0
    }
    this.#epoch = epoch
    this.#owner = { worker, epoch }
    if (isNew) for (const listener of [...this.#owners]) listener()
    return true
  }

  #forgetOwner(): void {
    this.#owner = undefined
    this.#loggedOut()
  }

  #loggedIn(state: LoggedIn): void {
    const wasLoggedIn = this.#isLoggedIn
    this.#state = state
    if (wasLoggedIn) return
    const at = this.#clock.wallNow()
    this.#listeners.emit({ type: 'connect', at, address: this.#address, attempts: 1, elapsedMs: 0 })
  }

  #loggedOut(reported?: 'refused'): void {
    const wasLoggedIn = this.#isLoggedIn
    if (wasLoggedIn || this.#state === 'refused') this.#state = 'reconnecting'
    if (reported !== undefined) this.#state = reported
    if (wasLoggedIn)
      this.#listeners.emit({ type: 'disconnect', at: this.#clock.wallNow(), reason: 'forgotten' })
  }

  #follow(event: ConnectionEvent): void {
    switch (event.type) {
      case 'connect':
        if (this.#isLoggedIn) return
        this.#address = event.address
        this.#state = 'connected'
        break
      case 'disconnect':
        this.#loggedOut()
        return
      case 'reconnecting':
        this.#loggedOut()
        break
      case 'unresponsive':
      case 'responsive':
        this.#loggedIn(event.type === 'responsive' ? 'connected' : 'unresponsive')
        break
      default:
        // Its login was missed.
        if (!this.#isLoggedIn) this.#loggedIn('connected')
    }
    this.#listeners.emit(event)
  }
}
