import type {
  ConnectionOptions,
  EventsOptions,
  Kind,
  RconClient,
  RconEvents,
  Result,
  WaitOptions,
} from '@bercon/core'
import type { ClientExtras } from '@bercon/core/kit'

/** What every flavor's client can be made with. */
export type ClientOptions<K extends Kind> = Partial<ConnectionOptions> & ClientExtras<K>

/** One flavor of client, as the contract needs it: how to do what each flavor does in its own way. */
export interface Flavor<K extends Kind, C extends RconClient<K> = RconClient<K>> {
  /** In the names of the tests. */
  readonly name: string
  create(options: ClientOptions<K>): C
  /** Settles when there is a login; fails with what `connect` fails with. */
  connect(client: C, host: string, port: number, password: string): Promise<unknown>
  close(client: C): Promise<unknown>
  /** The result of an operation, as a promise; a blocking client's value is available at once. */
  settle<T>(result: Result<K, T>): Promise<T>
  /** Lets a client deliver waiting events, if it does not do so on its own. */
  turn?(client: C): void
  /** What an `AbortSignal` does to a call: a blocked thread cannot be aborted, so there it is refused by name. */
  readonly signal: 'ends the call' | 'is refused'
  /** Left out where there is no such thing, or where it blocks. */
  waitFor?<Name extends keyof RconEvents<K>>(
    client: C,
    name: Name,
    options?: WaitOptions<RconEvents<K>[Name]>,
  ): Promise<RconEvents<K>[Name]>
  /** Left out where there is no such thing. */
  events?<Name extends keyof RconEvents<K>>(
    client: C,
    name: Name,
    options?: EventsOptions,
  ): AsyncIterableIterator<RconEvents<K>[Name]>
}

/** A client that soon notices that its server is gone, and soon comes back. */
export const NERVOUS: Partial<ConnectionOptions> = {
  keepAliveMs: 100,
  unresponsiveAfterMs: 150,
  forgottenAfterPackets: 1,
  forgottenAfterMs: 300,
  reconnectDelayMs: 10,
  loginResendIntervalMs: 50,
}
