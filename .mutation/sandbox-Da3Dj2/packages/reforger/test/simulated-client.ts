// @ts-nocheck
import { AsyncRconClient, type AsyncRconClientOptions } from '@bercon/client'
import { type MemorySocket, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork } from '@bercon/server'
import { type GameAdmin, SimulatorServer, type World } from '@bercon/simulator'
import { dialect } from '../src/index.js'

/** A client and a simulated server, in memory and in virtual time. */
export interface Simulated {
  readonly client: AsyncRconClient
  /** The commands sent to the server, without keep-alives, in order. */
  readonly executed: readonly string[]
  readonly clock: VirtualClock
  /** Another client, logged in at the same server. */
  reconnect(): Promise<AsyncRconClient>
  /** Advances the time until the promise has settled. */
  settle<T>(promise: Promise<T>): Promise<T>
}

export async function simulate(
  makeWorld: (now: number) => World,
  options: AsyncRconClientOptions = {},
): Promise<Simulated> {
  const clock = new VirtualClock()
  const sockets = new Map<number, MemorySocket>()
  const network = new MemoryNetwork((datagram, to) => sockets.get(to.port)?.deliver(datagram))
  const executed: string[] = []
  const server = new SimulatorServer({
    password: 'hunter2',
    world: new RecordingWorld(makeWorld(clock.now()), executed),
    clock,
    openSocket: network.openSocket,
  })
  await server.listen()
  const onDatagram = (datagram: Uint8Array, from: MemorySocket) => {
    sockets.set(from.port, from)
    network.deliver(datagram, { address: from.address, port: from.port })
  }
  const transport = new MemoryTransport(clock, new Map([['192.0.2.9', { onDatagram }]]))
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    let state: 'waiting' | 'settled' = 'waiting'
    const done = () => {
      state = 'settled'
    }
    promise.then(done, done)
    while (state === 'waiting') await clock.run(100)
    return promise
  }
  const reconnect = () => {
    const client = new AsyncRconClient({ dialect, playersIntervalMs: 0, ...options, transport, clock })
    return settle(client.connect('192.0.2.9', 19_999, 'hunter2'))
  }
  return { client: await reconnect(), clock, executed, reconnect, settle }
}

/** Records the commands on their way to a world. */
class RecordingWorld implements World {
  readonly #world: World
  readonly #executed: string[]
  readonly maxAdmins?: number

  constructor(world: World, executed: string[]) {
    this.#world = world
    if (world.maxAdmins !== undefined) this.maxAdmins = world.maxAdmins
    this.#executed = executed
  }

  execute(command: string, admin: number | undefined, now: number): string {
    if (command !== '') this.#executed.push(command)
    return this.#world.execute(command, admin, now)
  }

  adminJoined(admin: GameAdmin, now: number): void {
    this.#world.adminJoined(admin, now)
  }

  adminLeft(id: number, now: number): void {
    this.#world.adminLeft(id, now)
  }

  handleTimeout(now: number): void {
    this.#world.handleTimeout(now)
  }

  nextTimeout(): number | undefined {
    return this.#world.nextTimeout()
  }

  takeMessages(): readonly string[] {
    return this.#world.takeMessages()
  }

  takeActions(): ReturnType<World['takeActions']> {
    return this.#world.takeActions()
  }

  onWork(listener: () => void): void {
    this.#world.onWork(listener)
  }
}
