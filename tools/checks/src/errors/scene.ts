import { AsyncRconClient, type AsyncRconClientOptions } from '@bercon/client'
import type { Target } from '@bercon/core'
import { type MemorySocket, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork, RconServer } from '@bercon/server'
import { type ReforgerWorld, SimulatorServer } from '@bercon/simulator'

const HOST = '192.0.2.9'
const PORT = 2306

/** The address of a server that never answers. */
export const SILENT = '192.0.2.99'
/** A host that has no address. */
export const NOWHERE = 'game.example'

const LIMIT_MS = 600_000

/** A reply that never comes. */
export const NONE = undefined

/** A server and its clients in memory, in virtual time: a minute of waiting takes no time. */
export class Scene {
  readonly clock: VirtualClock = new VirtualClock()
  readonly target: Target = { host: HOST, port: PORT, password: 'hunter2' }
  readonly transport: MemoryTransport
  readonly #sockets = new Map<number, MemorySocket>()
  readonly network: MemoryNetwork = new MemoryNetwork((datagram, { port }) =>
    this.#sockets.get(port)?.deliver(datagram),
  )
  #server: { close(): Promise<void> } | undefined

  constructor() {
    const onDatagram = (datagram: Uint8Array, from: MemorySocket) => {
      this.#sockets.set(from.port, from)
      this.network.deliver(datagram, from)
    }
    const hosts = new Map<string, readonly string[]>([[NOWHERE, []]])
    this.transport = new MemoryTransport(this.clock, new Map([[HOST, { onDatagram }]]), hosts)
  }

  /** Starts a server that gives every command the reply, except those of the connection itself. */
  async serve(reply: string | undefined): Promise<RconServer> {
    const onCommand = () => reply ?? new Promise<string>(() => {})
    const { clock } = this
    const server = new RconServer({
      password: 'hunter2',
      onCommand,
      clock,
      openSocket: this.network.openSocket,
    })
    await server.listen({ host: HOST, port: PORT })
    this.#server = server
    return server
  }

  /** Starts a simulated game. */
  async play(world: ReforgerWorld): Promise<void> {
    const { openSocket } = this.network
    const server = new SimulatorServer({ password: 'hunter2', world, clock: this.clock, openSocket })
    await server.listen({ host: HOST, port: PORT })
    this.#server = server
  }

  client(options: AsyncRconClientOptions = {}): AsyncRconClient {
    const { clock, transport } = this
    return new AsyncRconClient({ playersIntervalMs: 0, ...options, clock, transport })
  }

  async connected(options: AsyncRconClientOptions = {}): Promise<AsyncRconClient> {
    const client = this.client(options)
    await this.settle(client.connect(HOST, PORT, 'hunter2'))
    return client
  }

  /** Lets time pass until the promise has settled. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let state: 'waiting' | 'settled' = 'waiting'
    const done = () => {
      state = 'settled'
    }
    promise.then(done, done)
    const limit = this.clock.now() + LIMIT_MS
    while (state === 'waiting' && this.clock.now() < limit) await this.clock.run(100)
    if (state === 'waiting') throw new Error('nothing failed within ten minutes')
    return promise
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }
}

/** What a command on a connected client fails with, if the server gives the reply. */
export function replied(
  reply: string | undefined,
  call: (client: AsyncRconClient, server: RconServer) => Promise<unknown>,
  options: AsyncRconClientOptions = {},
): () => Promise<unknown> {
  return async () => {
    const scene = new Scene()
    const server = await scene.serve(reply)
    const client = await scene.connected(options)
    try {
      return await scene.settle(call(client, server))
    } finally {
      await client.close()
      await scene.close()
    }
  }
}
