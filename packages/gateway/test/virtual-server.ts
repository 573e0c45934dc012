import { AsyncRconClient } from '@bercon/client'
import { ServerConnection } from '@bercon/core/kit'
import { type MemoryPeer, MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork, RconServer } from '@bercon/server'

const ADDRESS = '192.0.2.10'

/** A game server in virtual time, and a client that is logged in to it. */
export async function startVirtualServer(
  onCommand: (text: string, clock: VirtualClock) => string | Promise<string>,
) {
  const clock = new VirtualClock()
  const backs = new Map<number, (datagram: Uint8Array) => void>()
  const network = new MemoryNetwork((datagram, { port }) => backs.get(port)?.(datagram))
  const server = new RconServer({
    password: 'hunter2',
    clock,
    openSocket: network.openSocket,
    onCommand: (text) => onCommand(text, clock),
  })
  await server.listen()
  const peer: MemoryPeer = {
    onDatagram: (datagram, from) => {
      backs.set(from.port, (answer) => from.deliver(answer))
      network.deliver(datagram, { address: from.address, port: from.port })
    },
  }
  const transport = new MemoryTransport(clock, new Map([[ADDRESS, peer]]))
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0 })
  const client = new AsyncRconClient({ connection, clock })
  const opened = client.connect(ADDRESS, 2302, 'hunter2')
  await clock.run(100)
  await opened
  return { clock, client }
}
