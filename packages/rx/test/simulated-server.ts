import { type MemorySocket, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork } from '@bercon/server'
import { GameWorld, SimulatorServer } from '@bercon/simulator'
import type { ConnectRconOptions } from '../src/connect-rcon.js'

const HOST = '192.0.2.9'
const PORT = 2306

/** A game server in memory and in virtual time, with the options that a client needs to reach it. */
export interface SimulatedServer {
  readonly clock: VirtualClock
  readonly transport: MemoryTransport
  readonly simulator: SimulatorServer<GameWorld>
  readonly target: Pick<ConnectRconOptions, 'host' | 'port' | 'password' | 'transport' | 'clock'>
  /** The commands that the server received, including keep-alives and the connection's own. */
  readonly commands: string[]
}

class RecordingWorld extends GameWorld {
  readonly commands: string[] = []

  override execute(command: string, admin: number | undefined, now: number): string {
    this.commands.push(command)
    return super.execute(command, admin, now)
  }
}

export async function simulatedServer(): Promise<SimulatedServer> {
  const clock = new VirtualClock()
  const sockets = new Map<number, MemorySocket>()
  const network = new MemoryNetwork((datagram, { port }) => sockets.get(port)?.deliver(datagram))
  const world = new RecordingWorld({ bots: false }, clock.now())
  const simulator = new SimulatorServer({
    password: 'hunter2',
    world,
    clock,
    openSocket: network.openSocket,
  })
  await simulator.listen({ host: HOST, port: PORT })
  const peer = {
    onDatagram: (datagram: Uint8Array, from: MemorySocket) => {
      sockets.set(from.port, from)
      network.deliver(datagram, from)
    },
    onClose: ({ port }: MemorySocket) => sockets.delete(port),
  }
  const transport = new MemoryTransport(clock, new Map([[HOST, peer]]))
  const target = { host: HOST, port: PORT, password: 'hunter2', transport, clock }
  return { clock, transport, simulator, target, commands: world.commands }
}
