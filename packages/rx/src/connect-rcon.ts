import type { Target } from '@bercon/core'
import { defer, finalize, type Observable, ReplaySubject, share } from 'rxjs'
import { type ConnectOptions, RxRconClient, type RxRconClientOptions } from './rx-rcon-client.js'

/** Where to log in, and how. */
export interface ConnectRconOptions
  extends Target,
    ConnectOptions,
    Omit<RxRconClientOptions, 'cache' | 'dispatch' | 'connection'> {
  /**
   * One session for all who are subscribed at the same time: the first subscription logs in, later ones are given the
   * session that is there, and the last one to unsubscribe closes it. After that, an error or the end, the next
   * subscription logs in anew.
   * @default false, a session for each subscription
   */
  readonly share?: boolean | undefined
}

/**
 * Sessions: subscribing logs in and gives a client, once; unsubscribing closes it. A refused password and a server that
 * never answers are errors. A lost connection shows on the client's `connection$` and comes back by itself, or is an
 * error with `onLost: 'error'`, after which `retry` logs in anew.
 *
 * @example
 * ```ts
 * import { connectRcon } from '@bercon/rx'
 * import { switchMap } from 'rxjs'
 *
 * const subscription = connectRcon({ host: '127.0.0.1', port: 2302, password: 'hunter2' })
 *   .pipe(switchMap((client) => client.players$))
 *   .subscribe((players) => console.log(players.length))
 * subscription.unsubscribe()
 * ```
 */
export function connectRcon(options: ConnectRconOptions): Observable<RxRconClient> {
  const { host, port, password, onLost, signal, share: isShared = false, ...parts } = options
  const session$ = defer(() => {
    const client = new RxRconClient(parts)
    return client.connect(host, port, password, { onLost, signal }).pipe(finalize(() => client.close()))
  })
  return isShared ? session$.pipe(share({ connector: () => new ReplaySubject(1) })) : session$
}
