import type { Target } from '@bercon/core'
import { CLIENT_OPTION_NAMES, checkNames } from '@bercon/core/kit'
import { defer, finalize, type Observable, ReplaySubject, share } from 'rxjs'
import type { ConnectOptions } from './connect-options.js'
import { RxRconClient, type RxRconClientOptions } from './rx-rcon-client.js'

/** The address, password and options of a session. */
export interface ConnectRconOptions
  extends Target,
    ConnectOptions,
    Omit<RxRconClientOptions, 'cache' | 'dispatch' | 'connection'> {
  /**
   * Shares one session among concurrent subscriptions: the first logs in, later ones receive the same client, and the
   * last one to unsubscribe closes it. After that, or after an error or completion, the next subscription logs in again.
   * @default false, a session for each subscription
   */
  readonly share?: boolean | undefined
}

const OWN_NAMES = ['host', 'port', 'password', 'onLost', 'signal', 'share']
const OPTION_NAMES: readonly string[] = /* @__PURE__ */ CLIENT_OPTION_NAMES.concat(OWN_NAMES)

/**
 * Returns sessions: subscribing logs in and emits a client, once; unsubscribing closes it. A refused password and a
 * server that never answers are errors. A lost connection shows on the client's `connection$` and is restored
 * automatically, or is an error with `onLost: 'error'`, after which `retry` logs in again.
 *
 * @example
 * ```ts
 * import { connectRcon } from '@bercon/rx'
 * import { switchMap } from 'rxjs'
 *
 * const subscription = connectRcon({ host: '127.0.0.1', port: 2306, password: 'hunter2' })
 *   .pipe(switchMap((client) => client.players$))
 *   .subscribe((players) => console.log(players.length))
 * subscription.unsubscribe()
 * ```
 */
export function connectRcon(options: ConnectRconOptions): Observable<RxRconClient> {
  const { host, port, password, onLost, signal, share: isShared = false, ...parts } = options
  const session$ = defer(() => {
    checkNames(options, OPTION_NAMES)
    const client = new RxRconClient(parts)
    return client.connect(host, port, password, { onLost, signal }).pipe(finalize(() => client.close()))
  })
  return isShared ? session$.pipe(share({ connector: () => new ReplaySubject(1) })) : session$
}
