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

/** The options of every flavor's client. */
export type ClientOptions<K extends Kind> = Partial<ConnectionOptions> & ClientExtras<K>

/** One flavor of client, with its own way of doing what every flavor does. */
export interface Flavor<K extends Kind, C extends RconClient<K> = RconClient<K>> {
  /** Its name in the names of the tests. */
  readonly name: string
  create(options: ClientOptions<K>): C
  /** Settles once logged in; fails with the error of `connect`. */
  connect(client: C, host: string, port: number, password: string): Promise<unknown>
  close(client: C): Promise<unknown>
  /** The result of an operation, as a promise; a blocking client's value is available at once. */
  settle<T>(result: Result<K, T>): Promise<T>
  /** Lets a client deliver waiting events, if it does not do so on its own. */
  turn?(client: C): void
  /**
   * What an `AbortSignal` does to a call: a blocked thread cannot be aborted, so the blocking flavor refuses it by
   * name.
   */
  readonly signal: 'ends the call' | 'is refused'
  /** Omitted if the flavor has no such method, or if it blocks. */
  waitFor?<Name extends keyof RconEvents<K>>(
    client: C,
    name: Name,
    options?: WaitOptions<RconEvents<K>[Name]>,
  ): Promise<RconEvents<K>[Name]>
  /** Omitted if the flavor has no such method. */
  events?<Name extends keyof RconEvents<K>>(
    client: C,
    name: Name,
    options?: EventsOptions,
  ): AsyncIterableIterator<RconEvents<K>[Name]>
}

/** Options of a client that quickly detects that its server is gone, and quickly returns. */
export const NERVOUS: Partial<ConnectionOptions> = {
  keepAliveMs: 100,
  unresponsiveAfterMs: 150,
  forgottenAfterPackets: 1,
  forgottenAfterMs: 300,
  reconnectDelayMs: 10,
  loginResendIntervalMs: 50,
}
