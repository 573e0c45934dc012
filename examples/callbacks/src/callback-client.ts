import { callbackify } from 'node:util'
import { RconClient } from '@bercon/client'
import type { CallOptions, RconEvents, Steps, WaitOptions } from '@bercon/core'
import { type Connection, endSignal, performAsync, waitForEvent } from '@bercon/core/kit'

/** What each call returns: to be called with a callback, `client.kick(3)((error, reply) => …)`. */
export type Answered<T> = (done: (error: Error | null, result: T) => void) => void

declare module '@bercon/core' {
  interface ResultKinds<T> {
    readonly callback: Answered<T>
  }
}

type Events = RconEvents<'callback'>

/** A flavor of one's own: Node's callbacks. */
export class CallbackRconClient extends RconClient<'callback', Connection> {
  readonly kind = 'callback'

  connect(host: string, port: number, password: string): Answered<void> {
    return callbackify(() => this.connection.open({ host, port, password }))
  }

  close(): void {
    this.connection.close()
  }

  perform<T>(begin: () => Steps<T>, options?: CallOptions): Answered<T> {
    return callbackify(() => performAsync(begin, this.exchanging(options)))
  }

  waitFor<Name extends keyof Events>(
    name: Name,
    options?: WaitOptions<Events[Name]>,
  ): Answered<Events[Name]> {
    const { dispatch, clock, connection } = this
    return callbackify(() => waitForEvent({ dispatch, clock, ended: endSignal(connection) }, name, options))
  }
}
