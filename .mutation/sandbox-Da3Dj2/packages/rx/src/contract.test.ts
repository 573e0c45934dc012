// @ts-nocheck
import { describeContract } from '@bercon/contract'
import { firstValueFrom } from 'rxjs'
import { RxRconClient } from './rx-rcon-client.js'

describeContract<'observable', RxRconClient>({
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
  waitFor: (client, name, options) => firstValueFrom(client.waitFor(name, options)),
})
