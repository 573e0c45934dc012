import {
  Ban as AnyBan,
  Player as AnyPlayer,
  type CallOptions,
  type Command,
  type EventsOptions,
  type Listener,
  RconClient,
  type RconEvents,
  type Steps,
  type WaitOptions,
} from '@bercon/core'
import {
  type ClientOptions,
  type Connection,
  clientParts,
  directCommand,
  endSignal,
  eventStream,
  performAsync,
  waitForEvent,
} from '@bercon/core/kit'
import { PLATFORM } from './platform.js'
import { tracedExchange, tracedLogin, tracesCommands } from './tracing.js'

/** Options of a promise client; each has a default. */
export interface AsyncRconClientOptions extends ClientOptions<'promise'> {}

/** Removes a listener, when called or at the end of a `using` block. */
export interface Unlisten extends Disposable {
  (): void
}

/**
 * A client whose operations return promises.
 *
 * @example
 * ```ts
 * import { AsyncRconClient } from '@bercon/client'
 *
 * await using client = await new AsyncRconClient().connect('127.0.0.1', 2306, 'hunter2')
 * client.listen('playerMessage', ({ name, message }) => console.log(`${name}: ${message}`))
 * for (const player of await client.fetchPlayers()) console.log(player.id, player.name, player.ping)
 * ```
 */
export class AsyncRconClient extends RconClient<'promise', Connection> implements AsyncDisposable {
  readonly kind = 'promise'

  /** @throws {@link InvalidArgumentError} naming an option that is out of range or unknown. */
  constructor(options: AsyncRconClientOptions = {}) {
    super(clientParts(options, PLATFORM))
  }

  /**
   * Settles once, when the client ends: with `undefined` after `close()`, with the error if a reconnect is refused. The
   * next `connect` makes a new promise.
   */
  get closed(): Promise<Error | undefined> {
    return this.connection.closed
  }

  /**
   * Logs in, retrying until `loginTimeoutMs`; after that the client reconnects on its own. Returns the client, for
   * `await using`.
   *
   * @param port RConPort, not the game's port.
   * @throws {@link LoginRefusedError} if the password is refused, {@link LoginTimeoutError} if no answer arrives
   * within `loginTimeoutMs`, {@link HostUnreachableError} if no login could be sent, {@link AlreadyConnectedError},
   * {@link InvalidArgumentError}; the signal's reason if it is aborted.
   */
  async connect(
    host: string,
    port: number,
    password: string,
    options?: Pick<CallOptions, 'signal'>,
  ): Promise<this> {
    const open = () => this.connection.open({ host, port, password }, options)
    await tracedLogin(open, { client: this, host, port })
    return this
  }

  /** Closes the connection at once: every pending promise settles, no timer or socket is left. */
  async close(): Promise<void> {
    this.connection.close()
  }

  /** Closes the client at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  protected override performCommand<T>(begin: () => Command<T>, options?: CallOptions): Promise<T> {
    const result = tracesCommands() ? undefined : directCommand(this.connection, begin, options)
    return result ?? super.performCommand(begin, options)
  }

  perform<T>(begin: () => Steps<T>, options?: CallOptions): Promise<T> {
    return performAsync(begin, tracedExchange(this.exchanging(options), { client: this, clock: this.clock }))
  }

  /**
   * Resolves with the next event of that name that passes the check.
   *
   * @throws {@link WaitTimeoutError} if none arrives in time; {@link ClosedError} if the client is closed;
   * whatever the check throws; the signal's reason.
   */
  waitFor<Name extends keyof RconEvents<'promise'>>(
    name: Name,
    options?: WaitOptions<RconEvents<'promise'>[Name]>,
  ): Promise<RconEvents<'promise'>[Name]> {
    return waitForEvent(
      { dispatch: this.dispatch, clock: this.clock, ended: endSignal(this.connection) },
      name,
      options,
    )
  }

  /** Returns events for `for await`, starting at the call; leaving the loop ends it, and so does `close()`. */
  events<Name extends keyof RconEvents<'promise'>>(
    name: Name,
    options?: EventsOptions,
  ): AsyncIterableIterator<RconEvents<'promise'>[Name]> {
    return eventStream(this.dispatch, name, options, endSignal(this.connection))
  }

  /**
   * Returns joins and leaves for `for await`, starting at the call, each once: from the server's lines, and from lists
   * where lines were missed. Players who were there before the first list are not reported. `listen('joinOrLeave', …)`
   * receives the same events.
   *
   * @example
   * ```ts
   * import { AsyncRconClient } from '@bercon/client'
   *
   * const client = new AsyncRconClient()
   * const changes = client.joinsAndLeaves()
   * client.onMessage('Player #3 Rook (192.0.2.7:2304) connected')
   * client.onMessage('Player #3 Rook (-) has been kicked by BattlEye: Admin Kick (afk)')
   * await client.close()
   * for await (const { kind, player } of changes) console.log(kind, player.name) // join Rook, leave Rook
   * ```
   */
  joinsAndLeaves(options?: EventsOptions): AsyncIterableIterator<RconEvents<'promise'>['joinOrLeave']> {
    return this.events('joinOrLeave', options)
  }

  override listen<Name extends keyof RconEvents<'promise'>>(
    name: Name,
    listener: Listener<RconEvents<'promise'>[Name]>,
  ): Unlisten {
    const off = super.listen(name, listener)
    return Object.assign(() => off(), { [Symbol.dispose]: off })
  }
}

/** A player as `AsyncRconClient` returns them: what they do returns promises. */
export type Player = AnyPlayer<'promise'>
/** The class of every such player, for `instanceof`. */
export const Player: typeof AnyPlayer<'promise'> = AnyPlayer

/** A ban as `AsyncRconClient` returns it; a class of your own extends it, see `fetchBans`. */
export type Ban = AnyBan<'promise'>
/** The class of every such ban, to extend. */
export const Ban: typeof AnyBan<'promise'> = AnyBan
