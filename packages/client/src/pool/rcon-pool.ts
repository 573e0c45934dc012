import {
  type CallOptions,
  type ClientClock,
  type Command,
  codeOf,
  EventDispatcher,
  type EventsOptions,
  InvalidArgumentError,
  type Listener,
  RconError,
  type Target,
} from '@bercon/core'
import {
  Cancellation,
  checkNames,
  connectionOptions,
  eventStream,
  suggestion,
  systemClock,
  type Transport,
} from '@bercon/core/kit'
import { UdpTransport } from '#udp-transport'
import { AsyncRconClient } from '../async-rcon-client.js'
import { Broadcast, type ServerResult } from './broadcast.js'
import { LimitedTransport } from './limited-transport.js'
import { Limiter } from './limiter.js'
import { ForwardingDispatcher, type PoolEvents } from './pool-events.js'
import {
  checkSettings,
  POOL_OPTION_NAMES,
  type PoolClientOptions,
  type PoolServerOptions,
  type RconPoolSettings,
  refuseShared,
} from './pool-options.js'

/** Options of {@link RconPool.broadcast}. */
export interface BroadcastOptions extends CallOptions {
  /** The names of the servers. @default every server of the pool */
  readonly servers?: readonly string[] | undefined
}

interface Member {
  readonly client: AsyncRconClient
  readonly clock: ClientClock
  // Aborted when the server is removed.
  readonly removal: Cancellation
}

/**
 * Many servers in one process, each under a name: one client and one socket for each, the events of all in one place.
 *
 * @example
 * ```ts
 * import { RconPool } from '@bercon/client'
 *
 * await using pool = new RconPool()
 * pool.listen('playerMessage', ({ server, event }) => console.log(`[${server}] ${event.name}: ${event.message}`))
 * await pool.add('altis', { host: '127.0.0.1', port: 2306, password: 'hunter2' })
 * for (const [server, result] of await pool.broadcast('say -1 restart in 5'))
 *   if ('error' in result) console.error(server, result.error)
 * ```
 */
export class RconPool implements AsyncDisposable {
  /** Emits the events of all servers as `{ server, event }`. */
  readonly dispatch: EventDispatcher<PoolEvents> = new EventDispatcher<PoolEvents>()
  readonly #settings: RconPoolSettings
  readonly #clientOptions: PoolClientOptions
  readonly #transport: Transport
  readonly #logins: Limiter
  readonly #members = new Map<string, Member>()
  // Aborted by `close()`.
  readonly #ended = new Cancellation()

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: Partial<RconPoolSettings> & { readonly client?: PoolClientOptions } = {}) {
    checkNames(options, POOL_OPTION_NAMES)
    const { client = {}, ...settings } = options
    this.#settings = checkSettings(settings)
    refuseShared(client, ['cache', 'dispatch', 'connection'])
    const { transport = new UdpTransport(), clock: _clock, dialect: _dialect, ...connection } = client
    connectionOptions(connection)
    this.#clientOptions = client
    this.#logins = new Limiter(this.#settings.maxLogins)
    this.#transport = new LimitedTransport(transport, new Limiter(this.#settings.maxLookups))
  }

  /** The number of servers. */
  get size(): number {
    return this.#members.size
  }

  /** The servers' names, in the order in which they were added. */
  get names(): readonly string[] {
    return [...this.#members.keys()]
  }

  /** The client of a server, whether it is logged in or not. */
  get(name: string): AsyncRconClient | undefined {
    return this.#members.get(name)?.client
  }

  /**
   * Adds a server and logs in to it, retrying until it answers; the promise settles with the first login that is
   * accepted or refused. A refused server is removed. You need not await the promise: `connect` and `error` events
   * report the same.
   *
   * @throws {@link InvalidArgumentError} for a name in use, or a bad option; `LoginRefusedError` if the
   * password is refused; an error with the code `closed` if the server is removed before, or the pool is closed.
   */
  add(name: string, target: Target, options: PoolServerOptions = {}): Promise<AsyncRconClient> {
    const added = this.#add(name, target, options)
    // A promise that nobody awaits is not an unhandled rejection here: an event reports the failure, too.
    added.catch(() => {})
    return added
  }

  /** Closes a server's client and removes it; returns `false` if no server has that name. */
  remove(name: string): boolean {
    const member = this.#members.get(name)
    if (member === undefined) return false
    this.#members.delete(name)
    member.removal.abort(closedError(`The server ${JSON.stringify(name)} was removed from the pool`))
    void member.client.close()
    return true
  }

  /**
   * Runs a command on every server, or on those that `servers` names. `await` it for all results by name, or use
   * `for await` to get each result as it arrives, so that a dead server delays no other. Either way the command is run
   * once. A failure on a server is its result: the broadcast never rejects.
   *
   * @throws {@link InvalidArgumentError} for a name that no server has.
   */
  broadcast<T = string>(command: string | Command<T>, options: BroadcastOptions = {}): Broadcast<T> {
    checkNames(options, ['servers', 'timeoutMs', 'signal'])
    const { servers = this.names, ...callOptions } = options
    const members = [...new Set(servers)].map((name) => [name, this.#member(name)] as const)
    const results = members.map(async ([name, { client }]): Promise<ServerResult<T>> => {
      const done =
        typeof command === 'string'
          ? client.sendCommand(command, callOptions)
          : client.run(command, callOptions)
      const result = (done as Promise<T>).then(
        (ok) => ({ ok }),
        (error: unknown) => ({ error }),
      )
      return [name, await result]
    })
    return new Broadcast(results)
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

  /** Closes and removes every client, permanently: no server can be added afterwards. */
  async close(): Promise<void> {
    for (const name of this.names) this.remove(name)
    this.#ended.abort(closedError('The pool is closed; create another one'))
  }

  /** Closes the pool at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #member(name: string): Member {
    const member = this.#members.get(name)
    if (member === undefined) throw unknownServer(name, this.names)
    return member
  }

  async #add(name: string, target: Target, options: PoolServerOptions): Promise<AsyncRconClient> {
    if (this.#ended.aborted) throw this.#ended.reason
    if (this.#members.has(name)) throw takenName(name)
    refuseShared(options, ['dispatch', 'connection'])
    const settings = { ...this.#clientOptions, transport: this.#transport, ...options }
    const dispatch = new ForwardingDispatcher(name, this.dispatch)
    const client = new AsyncRconClient({ ...settings, dispatch })
    const member = { client, clock: settings.clock ?? systemClock, removal: new Cancellation() }
    this.#members.set(name, member)
    try {
      await this.#logIn(member, target)
    } catch (error) {
      if (this.#members.get(name) === member) this.remove(name)
      throw error
    }
    return client
  }

  async #logIn({ client, clock, removal }: Member, { host, port, password }: Target): Promise<void> {
    for (;;) {
      try {
        await this.#logins.run(() => client.connect(host, port, password, { signal: removal }), removal)
        return
      } catch (error) {
        // Removed meanwhile: not a failure of the login.
        if (removal.aborted) throw removal.reason
        client.dispatch.emit('error', { type: 'error', error, during: 'login' })
        if (!isSilence(error)) throw error
      }
      await this.#wait(clock, removal)
      // By its own `close`, which is the end of it here too.
      if (client.state === 'closed')
        throw closedError('The client of this server was closed before it logged in')
    }
  }

  /** Waits until a login may be tried again; rejects if the server is removed meanwhile. */
  #wait(clock: ClientClock, removal: Cancellation): Promise<void> {
    // A listener for the failure may have removed the server.
    if (removal.aborted) return Promise.reject(removal.reason)
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        cancel()
        reject(removal.reason)
      }
      const cancel = clock.setTimer(() => {
        removal.removeEventListener('abort', onAbort)
        resolve()
      }, this.#settings.retryDelayMs)
      removal.addEventListener('abort', onAbort)
    })
  }
}

/** Whether a login failed for lack of an answer, which can change within a minute (W1). */
function isSilence(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'login-timeout' || code === 'host-unreachable'
}

function closedError(message: string): RconError {
  return new RconError('closed', message)
}

function unknownServer(name: string, names: readonly string[]): InvalidArgumentError {
  const expected = 'names of servers of the pool'
  const help = suggestion(name, names) || '; add it first'
  return new InvalidArgumentError(
    'servers',
    name,
    expected,
    `The pool has no server ${JSON.stringify(name)}${help}`,
  )
}

function takenName(name: string): InvalidArgumentError {
  const sentence = `The pool already has a server ${JSON.stringify(name)}; remove it first, or choose another name`
  return new InvalidArgumentError('name', name, 'a name that no other server of the pool has', sentence)
}
