import {
  type CallOptions,
  ClosedError,
  type Command,
  checkOptions,
  EventDispatcher,
  type EventsOptions,
  eventStream,
  InvalidArgumentError,
  type Listener,
  LoginRefusedError,
  RconError,
  type Target,
  type Transport,
} from '@bercon/core'
import { AsyncRconClient, type AsyncRconClientOptions } from '../async-rcon-client.js'
import { systemClock } from '../system-clock.js'
import { UdpTransport } from '../udp-transport.js'
import { LimitedTransport } from './limited-transport.js'
import { Limiter } from './limiter.js'
import { ForwardingDispatcher, type PoolEvents } from './pool-events.js'

/** How a pool logs in to many servers. */
export interface RconPoolSettings {
  /**
   * First logins under way at the same time; the others wait in order.
   * @default 64
   */
  readonly maxLogins: number
  /**
   * Look-ups of host names under way at the same time.
   * @default 4
   */
  readonly maxLookups: number
  /**
   * Time until a first login that nobody answered is tried again, in ms.
   * @default 5000
   */
  readonly retryDelayMs: number
}

/** What a pool does unless told otherwise. */
export const RCON_POOL_DEFAULTS: RconPoolSettings = { maxLogins: 64, maxLookups: 4, retryDelayMs: 5_000 }

/** What every client of a pool is made with, unless `add` says otherwise. */
export type PoolClientOptions = Omit<AsyncRconClientOptions, 'dispatch' | 'connection'>

/** What came of a command at one server. */
export type PoolResult<T> = { readonly ok: T } | { readonly error: unknown }

interface Member {
  readonly client: AsyncRconClient
  readonly removal: AbortController
}

/**
 * Many servers in one process, each by a name: one client and one socket for each, events of all in one place.
 *
 * @example
 * ```ts
 * import { RconPool } from '@bercon/client'
 *
 * await using pool = new RconPool()
 * pool.listen('playerMessage', ({ server, event }) => console.log(`[${server}] ${event.name}: ${event.message}`))
 * await pool.add('altis', { host: '127.0.0.1', port: 2302, password: 'hunter2' })
 * for (const [server, result] of await pool.broadcast('say -1 restart in 5'))
 *   if ('error' in result) console.error(server, result.error)
 * ```
 */
export class RconPool implements AsyncDisposable {
  /** Tells the events of all servers as `{ server, event }`. */
  readonly dispatch: EventDispatcher<PoolEvents> = new EventDispatcher<PoolEvents>()
  readonly #settings: RconPoolSettings
  readonly #clientOptions: PoolClientOptions
  readonly #transport: Transport
  readonly #logins: Limiter
  readonly #members = new Map<string, Member>()

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: Partial<RconPoolSettings> & { readonly client?: PoolClientOptions } = {}) {
    const { client = {}, ...settings } = options
    const count = { min: 1, max: 10_000, whole: true } as const
    this.#settings = checkOptions(settings, RCON_POOL_DEFAULTS, {
      maxLogins: count,
      maxLookups: count,
      retryDelayMs: { min: 0, max: Number.POSITIVE_INFINITY },
    })
    this.#clientOptions = client
    this.#logins = new Limiter(this.#settings.maxLogins)
    this.#transport = new LimitedTransport(
      client.transport ?? new UdpTransport(),
      new Limiter(this.#settings.maxLookups),
    )
  }

  /** How many servers there are. */
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
   * Adds a server and logs in to it, again and again until somebody answers; the promise settles with the first login
   * that is accepted or refused. A refused server is removed. Nobody has to wait for the promise: `connect` and `error`
   * events tell the same.
   *
   * @throws {@link InvalidArgumentError} for a name that is taken, or a bad option; {@link LoginRefusedError} when the
   * password is refused; {@link ClosedError} when the server is removed before.
   */
  add(name: string, target: Target, options: PoolClientOptions = {}): Promise<AsyncRconClient> {
    const added = this.#add(name, target, options)
    // Not waited for is not unhandled: it is told as an event, too.
    added.catch(() => {})
    return added
  }

  /** Closes a server's client and forgets it; `false` when there is none with that name. */
  remove(name: string): boolean {
    const member = this.#members.get(name)
    if (member === undefined) return false
    this.#members.delete(name)
    member.removal.abort(new ClosedError({ command: 'connect', outcome: 'not-sent' }))
    void member.client.close()
    return true
  }

  /** Carries a command out at every server; what came of it, by name. Never rejects. */
  async broadcast<T = string>(
    command: string | Command<T>,
    options: CallOptions = {},
  ): Promise<Map<string, PoolResult<T>>> {
    const results = [...this.#members].map(async ([name, { client }]) => {
      const done =
        typeof command === 'string' ? client.sendCommand(command, options) : client.run(command, options)
      return [
        name,
        await (done as Promise<T>).then(
          (ok) => ({ ok }),
          (error: unknown) => ({ error }),
        ),
      ] as const
    })
    return new Map(await Promise.all(results))
  }

  /** Calls the listener with each such event of any server; gives what ends that. */
  listen<Name extends keyof PoolEvents>(name: Name, listener: Listener<PoolEvents[Name]>): () => void {
    return this.dispatch.on(name, listener)
  }

  /** Events of all servers for `for await`. */
  events<Name extends keyof PoolEvents>(
    name: Name,
    options?: EventsOptions,
  ): AsyncIterableIterator<PoolEvents[Name]> {
    return eventStream(this.dispatch, name, options)
  }

  /** Closes every client and forgets it. */
  async close(): Promise<void> {
    for (const name of this.names) this.remove(name)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #add(name: string, target: Target, options: PoolClientOptions): Promise<AsyncRconClient> {
    if (this.#members.has(name)) throw new InvalidArgumentError('name', name, 'one that is not taken')
    const client = new AsyncRconClient({
      ...this.#clientOptions,
      transport: this.#transport,
      ...options,
      dispatch: new ForwardingDispatcher(name, this.dispatch),
    })
    const member = { client, removal: new AbortController() }
    this.#members.set(name, member)
    try {
      await this.#logIn(member, target)
    } catch (error) {
      if (this.#members.get(name) === member) this.remove(name)
      throw error
    }
    return client
  }

  async #logIn({ client, removal }: Member, { host, port, password }: Target): Promise<void> {
    const { signal } = removal
    for (;;) {
      try {
        await this.#logins.run(() => client.connect(host, port, password, { signal }))
        return
      } catch (error) {
        client.dispatch.emit('error', { type: 'error', error, during: 'login' })
        if (!isSilence(error)) throw error
      }
      await this.#wait(signal)
    }
  }

  /** Waits until a login may be tried again; rejects when the server is removed meanwhile. */
  #wait(signal: AbortSignal): Promise<void> {
    const clock = this.#clientOptions.clock ?? systemClock
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        cancel()
        reject(signal.reason)
      }
      const cancel = clock.setTimer(() => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }, this.#settings.retryDelayMs)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }
}

/** Whether a login failed because nobody answered, which may be otherwise in a minute (W1). */
function isSilence(error: unknown): boolean {
  if (!(error instanceof RconError)) return false
  return error.code === 'login-timeout' || error.code === 'host-unreachable'
}
