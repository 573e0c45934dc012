import { MemoryNetwork, RconServer, type RconServerEvent } from '@bercon/server'
import type { Provocation } from '../provocation.js'
import { Scene } from '../scene.js'

const never = (value: unknown) => value as never
const given = { password: 'hunter2', onCommand: () => '' }
const make = (options: unknown) => () => new RconServer(never(options))

/** A server that listens, in memory. */
async function listening(call: (server: RconServer) => unknown): Promise<unknown> {
  const { openSocket } = new MemoryNetwork(() => {})
  await using server = new RconServer({ ...given, openSocket })
  await server.listen()
  return call(server)
}

/** What the server's `onEvent` is given when a handler returns this. */
async function answered(reply: unknown): Promise<unknown> {
  const scene = new Scene()
  const errors: unknown[] = []
  const { clock, network, target } = scene
  const onEvent = (event: RconServerEvent) => {
    if (event.type === 'error') errors.push(event.error)
  }
  const server = new RconServer({
    ...given,
    onCommand: () => never(reply),
    onEvent,
    clock,
    openSocket: network.openSocket,
  })
  await server.listen({ host: target.host, port: target.port })
  const client = await scene.connected()
  await scene.settle(client.sendCommand('version', { timeoutMs: 500 })).catch(() => {})
  await client.close()
  await server.close()
  return errors[0]
}

export const SERVER: readonly Provocation[] = [
  { call: "new RconServer({ password: 'hunter2' })", provoke: make({ password: 'hunter2' }) },
  { call: 'new RconServer({ onCommand })', provoke: make({ onCommand: () => '' }) },
  { call: 'new RconServer({ …, maxPeer: 3 })', provoke: make({ ...given, maxPeer: 3 }) },
  { call: 'new RconServer({ …, maxPeers: 0 })', provoke: make({ ...given, maxPeers: 0 }) },
  { call: "new RconServer({ …, whenFull: 'refuse' })", provoke: make({ ...given, whenFull: 'refuse' }) },
  { call: "new RconServer({ …, announceLogins: 'no' })", provoke: make({ ...given, announceLogins: 'no' }) },
  { call: 'new RconServer({ …, network: 5 })', provoke: make({ ...given, network: 5 }) },
  { call: 'new RconServer({ …, clock: {} })', provoke: make({ ...given, clock: {} }) },
  { call: 'new RconServer({ …, authenticate })', provoke: make({ ...given, authenticate: () => undefined }) },
  { call: "server.listen({ host: '' })", provoke: () => new RconServer(given).listen({ host: '' }) },
  {
    call: 'server.listen({ prot: 2306 })',
    provoke: () => new RconServer(given).listen(never({ prot: 2306 })),
  },
  {
    call: 'server.listen({ port })',
    when: 'another program uses the port',
    provoke: async () => {
      await using first = new RconServer(given)
      const { port } = await first.listen()
      return await new RconServer(given).listen({ port }).catch((error: Error) => withoutPort(error, port))
    },
  },
  {
    call: 'server.listen()',
    when: 'it was called before',
    provoke: () => listening((server) => server.listen()),
  },
  {
    call: 'server.listen()',
    when: 'the server is closed',
    provoke: () =>
      listening(async (server) => {
        await server.close()
        return server.listen()
      }),
  },
  {
    call: 'server.listen()',
    when: 'the server is closed meanwhile',
    provoke: async () => {
      const server = new RconServer(given)
      const opened = server.listen()
      await server.close()
      return opened
    },
  },
  { call: 'server.pause()', when: 'it does not listen', provoke: () => new RconServer(given).pause() },
  { call: 'server.broadcast(5)', provoke: () => listening((server) => server.broadcast(never(5))) },
  {
    call: "server.broadcast('x'.repeat(70_000))",
    provoke: () => listening((server) => server.broadcast('x'.repeat(70_000))),
  },
  { call: 'server.setPassword(5)', provoke: () => listening((server) => server.setPassword(never(5))) },
  { call: 'onCommand: () => undefined', provoke: () => answered(undefined) },
  {
    call: 'onCommand: () => new Uint8Array(20_000_000)',
    provoke: () => answered(new Uint8Array(20_000_000)),
  },
]

// Any that is free, so that the page stays the same.
function withoutPort(error: Error, port: number): Error {
  error.message = error.message.replaceAll(String(port), '2306')
  return error
}
