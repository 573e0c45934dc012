// @ts-nocheck
import { describeContract } from '@bercon/contract'
import { AsyncRconClient } from './async-rcon-client.js'

describeContract<'promise', AsyncRconClient>({
  name: 'promise client',
  create: (options) => new AsyncRconClient(options),
  connect: (client, host, port, password) => client.connect(host, port, password),
  close: (client) => client.close(),
  settle: (result) => result,
  signal: 'ends the call',
  waitFor: (client, name, options) => client.waitFor(name, options),
  events: (client, name, options) => client.events(name, options),
})
