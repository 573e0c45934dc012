import { AsyncRconClient } from '@bercon/client'
import type { Flavor, Scene } from '@bercon/contract/scene'
import type { Kind, RconClient } from '@bercon/core'
import { RxRconClient } from '@bercon/rx'
import { SyncRconClient } from '@bercon/sync'
import { firstValueFrom } from 'rxjs'

export const PROMISE: Flavor<'promise', AsyncRconClient> = {
  name: 'promise client',
  create: (options) => new AsyncRconClient(options),
  connect: (client, host, port, password) => client.connect(host, port, password),
  close: (client) => client.close(),
  settle: (result) => result,
  signal: 'ends the call',
}

export const OBSERVABLE: Flavor<'observable', RxRconClient> = {
  name: 'observable client',
  create: (options) => new RxRconClient(options),
  // Not `firstValueFrom`, which would unsubscribe, and so close the client.
  connect: (client, host, port, password) =>
    new Promise((resolve, reject) => {
      client.connect(host, port, password).subscribe({ next: resolve, error: reject })
    }),
  close: (client) => firstValueFrom(client.close()),
  settle: (result) => firstValueFrom(result),
  signal: 'ends the call',
}

export const BLOCKING: Flavor<'sync', SyncRconClient> = {
  name: 'blocking client',
  create: (options) => new SyncRconClient(options),
  connect: async (client, host, port, password) => client.connect(host, port, password),
  close: async (client) => client.close(),
  settle: async (value) => value,
  turn: (client) => client.poll(),
  signal: 'is refused',
}

/** A check for every runtime. It gets a fresh server; the clients of the scene are closed for it. */
export interface Check {
  readonly name: string
  readonly run: <K extends Kind, C extends RconClient<K>>(scene: Scene<K, C>) => Promise<void>
}
