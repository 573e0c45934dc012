import { ServerConnection } from '@bercon/core/kit'
import { MemoryTransport, type VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork, RconServer } from '@bercon/server'

/** A server, and the one login to it that is hosted, in virtual time. */
export interface HostedServer {
  readonly server: RconServer
  readonly connection: ServerConnection
  /** How often each command was executed, by its text. */
  readonly executions: ReadonlyMap<string, number>
}

const ADDRESS = '192.0.2.10'

/** Logs in; every command is answered with `did` and its text, after `answerMs`. */
export async function hostedServer(clock: VirtualClock, answerMs: () => number): Promise<HostedServer> {
  const backs = new Map<number, (datagram: Uint8Array) => void>()
  const network = new MemoryNetwork((datagram, { port }) => backs.get(port)?.(datagram))
  const executions = new Map<string, number>()
  const server = new RconServer({
    password: 'hunter2',
    clock,
    announceLogins: false,
    openSocket: network.openSocket,
    onCommand: (text) => {
      executions.set(text, (executions.get(text) ?? 0) + 1)
      return new Promise((resolve) => clock.setTimer(() => resolve(`did ${text}`), answerMs()))
    },
  })
  await server.listen()
  const peer = {
    onDatagram: (
      datagram: Uint8Array,
      from: { address: string; port: number; deliver(d: Uint8Array): void },
    ) => {
      backs.set(from.port, (answer) => from.deliver(answer))
      network.deliver(datagram, { address: from.address, port: from.port })
    },
  }
  const transport = new MemoryTransport(clock, new Map([[ADDRESS, peer]]))
  const connection = new ServerConnection({ transport, clock }, { playersIntervalMs: 0 })
  const opened = connection.open({ host: ADDRESS, port: 2306, password: 'hunter2' })
  await clock.run(100)
  await opened
  return { server, connection, executions }
}
