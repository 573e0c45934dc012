import { promisify } from 'node:util'
import { clientParts } from '@bercon/client'
import { describeContract } from '@bercon/contract'
import { type Answered, CallbackRconClient } from './callback-client.js'

const settled = <T>(answered: Answered<T>) => promisify(answered)()

describeContract<'callback', CallbackRconClient>({
  name: 'callback client',
  create: (options) => new CallbackRconClient(clientParts(options)),
  connect: (client, host, port, password) => settled(client.connect(host, port, password)),
  close: async (client) => client.close(),
  settle: settled,
  signal: 'ends the call',
  waitFor: (client, name, options) => settled(client.waitFor(name, options)),
})
