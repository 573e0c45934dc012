// @ts-nocheck
import { describeContract } from '@bercon/contract'
import { SyncRconClient } from '@bercon/sync'

describeContract<'sync', SyncRconClient>({
  name: 'blocking client',
  create: (options) => new SyncRconClient(options),
  connect: async (client, host, port, password) => client.connect(host, port, password),
  close: async (client) => client.close(),
  settle: async (value) => value,
  turn: (client) => client.poll(),
  signal: 'is refused',
})
