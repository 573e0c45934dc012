import {
  AsyncRconClient,
  type ClientClock,
  EventDispatcher,
  type EventsOptions,
  ForwardingDispatcher,
  InvalidArgumentError,
  type Listener,
  type PoolEvents,
  systemClock,
} from '@bercon/client'
import { Cancellation, type Connection, checkMethods, checkOptions, eventStream } from '@bercon/core/kit'
import type { Bus } from '../bus.js'
import { checkToken, type FleetServer, type ListChange, type ServerList } from '../server-list.js'
import { readEvent } from '../wire/server-event.js'
import { DEFAULT_PREFIX, type Subjects, subjectsOf } from '../wire/subjects.js'
import { readReport } from '../wire/worker-report.js'
import { FleetConnection, type Owner } from './fleet-connection.js'
import type { WhenUnowned } from './fleet-exchange.js'

/** Settings of a {@link FleetDirectory}. */
export interface FleetDirectorySettings {
  /**
   * Who sends the commands: a token in the subject of each, which a bus can check and workers report.
   * @default 'directory'
   */
  readonly user: string
  /**
   * What happens to a command for a server that nobody owns: it fails at once, or waits until its deadline.
   * @default 'wait'
   */
  readonly whenUnowned: WhenUnowned
  /**
   * The first tokens of every subject.
   * @default 'bercon'
   */
  readonly prefix: string
  /** @default the system clock */
  readonly clock: ClientClock
}

/** What a {@link FleetDirectory} is made of, and its settings. */
export interface FleetDirectoryOptions extends Partial<FleetDirectorySettings> {
  readonly bus: Bus
  /** The servers that there are. @default those that a worker owns */
  readonly servers?: Pick<ServerList, 'watch'> | undefined
}

const DEFAULTS: FleetDirectorySettings = {
  user: 'directory',
  whenUnowned: 'wait',
  prefix: DEFAULT_PREFIX,
  clock: systemClock,
}

interface Known {
  readonly client: AsyncRconClient
  readonly connection: FleetConnection
  readonly server: FleetServer | undefined
}

// Without a list, workers alone say which servers there are; no fleet has more.
const MAX_UNLISTED = 100_000
const EXPIRY_MS = 1_000
// A report may be lost; the lease lives on as long.
const BELIEVED_LEASES = 1.5
const DEFAULT_LEASE_MS = 6_000

/**
 * Every server of a fleet under its name, with a client for each, regardless of its owner. It is used as an `RconPool`, but for the
 * logins, which are the workers'.
 *
 * @example
 * ```ts
 * import { FleetDirectory, MemoryBus } from '@bercon/fleet'
 *
 * await using directory = new FleetDirectory({ bus: new MemoryBus(), whenUnowned: 'fail' })
 * directory.listen('playerMessage', ({ server, event }) => console.log(`[${server}] ${event.name}: ${event.message}`))
 * console.log(directory.get('altis')) // undefined
 * ```
 */
export class FleetDirectory implements AsyncDisposable {
  /** Emits the events of all servers as `{ server, event }`. */
  readonly dispatch: EventDispatcher<PoolEvents> = new EventDispatcher<PoolEvents>()
  /** Resolves when all servers of the list are known; without a list at once. */
  readonly ready: Promise<void>
  readonly #bus: Bus
  readonly #settings: FleetDirectorySettings
  readonly #subjects: Subjects
  readonly #isListed: boolean
  readonly #known = new Map<string, Known>()
  readonly #ended = new Cancellation()
  readonly #stops: (() => void)[]
  readonly #onComplete: () => void
  #leaseMs = DEFAULT_LEASE_MS
  #cancelExpiry: () => void = () => {}

  /** @throws {@link InvalidArgumentError} naming the part or setting that is wrong. */
  constructor(options: FleetDirectoryOptions) {
    const { bus, servers, ...settings } = options
    checkMethods('bus', bus, ['request', 'publish', 'subscribe'])
    if (servers !== undefined) checkMethods('servers', servers, ['watch'])
    this.#settings = checkOptions(settings, DEFAULTS, {})
    const { user, whenUnowned } = this.#settings
    checkToken('user', user)
    if (!['fail', 'wait'].includes(whenUnowned))
      throw new InvalidArgumentError('whenUnowned', whenUnowned, "'fail' or 'wait'")
    this.#bus = bus
    this.#isListed = servers !== undefined
    this.#subjects = subjectsOf(this.#settings.prefix)
    let resolveReady = () => {}
    this.ready = new Promise((resolve) => {
      resolveReady = resolve
    })
    this.#onComplete = resolveReady
    if (servers === undefined) resolveReady()
    this.#stops = [
      bus.subscribe(this.#subjects.worker('*'), ({ text }) => this.#hearReport(text)),
      bus.subscribe(this.#subjects.event('*', '*'), ({ subject, text }) => this.#hearEvent(subject, text)),
      servers?.watch((change) => this.#list(change)) ?? (() => {}),
    ]
    if (servers === undefined) bus.publish(this.#subjects.who, '')
    this.#expire()
  }

  /** The number of servers. */
  get size(): number {
    return this.#known.size
  }

  /** The servers' names, in the order in which they became known. */
  get names(): readonly string[] {
    return [...this.#known.keys()]
  }

  /** The client of a server, whether anybody owns it or not. */
  get(name: string): AsyncRconClient | undefined {
    return this.#known.get(name)?.client
  }

  /** The connection of a server, for a client of your own; the directory closes it. */
  connection(name: string): Connection | undefined {
    return this.#known.get(name)?.connection
  }

  /** Who owns a server now, as far as is known. */
  ownerOf(name: string): Owner | undefined {
    return this.#known.get(name)?.connection.owner
  }

  /** A server as the list has it, nothing without a list. */
  serverOf(name: string): FleetServer | undefined {
    return this.#known.get(name)?.server
  }

  /** Calls the listener for each such event of any server; returns an unsubscribe function. */
  listen<Name extends keyof PoolEvents>(name: Name, listener: Listener<PoolEvents[Name]>): () => void {
    return this.dispatch.on(name, listener)
  }

  /** Events of all servers for `for await`; `close()` ends the loop. */
  events<Name extends keyof PoolEvents>(
    name: Name,
    options?: EventsOptions,
  ): AsyncIterableIterator<PoolEvents[Name]> {
    return eventStream(this.dispatch, name, options, this.#ended)
  }

  /** Closes every client, permanently; the workers keep their logins. */
  async close(): Promise<void> {
    this.#cancelExpiry()
    for (const stop of this.#stops) stop()
    for (const { client } of this.#known.values()) await client.close()
    this.#ended.abort(new Error('The directory is closed'))
  }

  /** Closes the directory at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #list(change: ListChange): void {
    if (change.type === 'complete') {
      // What was reported before is of servers that were not known yet.
      this.#bus.publish(this.#subjects.who, '')
      this.#onComplete()
      return
    }
    if (change.type === 'server') {
      const { server } = change
      const { client, connection } = this.#known.get(server.name) ?? this.#add(server.name)
      this.#known.set(server.name, { client, connection, server })
      return
    }
    void this.#known.get(change.name)?.client.close()
    this.#known.delete(change.name)
  }

  #add(name: string): Known {
    const { clock, user, whenUnowned } = this.#settings
    const parts = { bus: this.#bus, clock, subjects: this.#subjects, user, whenUnowned }
    const connection = new FleetConnection(name, parts)
    const dispatch = new ForwardingDispatcher(name, this.dispatch)
    const known = {
      client: new AsyncRconClient({ connection, clock, dispatch }),
      connection,
      server: undefined,
    }
    this.#known.set(name, known)
    return known
  }

  #hearReport(text: string): void {
    const report = readReport(text)
    if (report === undefined) return
    this.#leaseMs = report.leaseMs
    for (const owned of report.servers) {
      const mayAdd = !this.#isListed && this.#known.size < MAX_UNLISTED
      const known = this.#known.get(owned.name) ?? (mayAdd ? this.#add(owned.name) : undefined)
      known?.connection.hearReport(report.worker, owned)
    }
    for (const { name, epoch } of report.released) this.#known.get(name)?.connection.forget(epoch)
  }

  #hearEvent(subject: string, text: string): void {
    const name = subject.split('.').at(-2) ?? ''
    const known = this.#known.get(name)
    const event = known === undefined ? undefined : readEvent(text)
    if (event !== undefined) known?.connection.hearEvent(event)
  }

  #expire(): void {
    const { clock } = this.#settings
    this.#cancelExpiry = clock.setTimer(() => this.#expire(), EXPIRY_MS)
    const heardSince = clock.now() - this.#leaseMs * BELIEVED_LEASES
    for (const { connection } of this.#known.values()) connection.expire(heardSince)
  }
}
