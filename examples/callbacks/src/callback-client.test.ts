import { promisify } from 'node:util'
import { systemClock, UdpTransport } from '@bercon/client'
import { describeContract } from '@bercon/contract'
import { clientParts } from '@bercon/core/kit'
import { type Answered, CallbackRconClient } from './callback-client.js'

const platform = { newTransport: () => new UdpTransport(), clock: systemClock }

const settled = <T>(answered: Answered<T>) => promisify(answered)()

describeContract<'callback', CallbackRconClient>({
  name: 'callback client',
  create: (options) => new CallbackRconClient(clientParts(options, platform)),
  connect: (client, host, port, password) => settled(client.connect(host, port, password)),
  close: async (client) => client.close(),
  settle: settled,
  signal: 'ends the call',
  waitFor: (client, name, options) => settled(client.waitFor(name, options)),
})
