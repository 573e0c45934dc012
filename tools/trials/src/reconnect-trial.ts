import { AsyncRconClient } from '@bercon/client'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { MemoryNetwork, RconServer } from '@bercon/server'

/** The result of a trial of reconnects. */
export interface ReconnectTrialResult {
  readonly logins: number
  /** Commands called without a login, and answered after the next. */
  readonly answered: number
  /** The most timers and sockets right after a login. */
  readonly mostTimers: number
  readonly mostSockets: number
  /** The timers left after `close()`. */
  readonly timersLeft: number
  readonly socketsLeft: number
}

const ADDRESS = '192.0.2.10'

/** A server that repeatedly forgets its client, in virtual time over a network in memory. */
export async function runReconnectTrial(
  reconnects: number,
  onReconnect: () => void = () => {},
): Promise<ReconnectTrialResult> {
  const clock = new VirtualClock()
  const serverClock = new VirtualClock()
  const network = new MemoryNetwork((datagram, { port }) => deliver(port, datagram))
  const backs = new Map<number, (datagram: Uint8Array) => void>()
  const deliver = (port: number, datagram: Uint8Array) => backs.get(port)?.(datagram)
  const server = new RconServer({
    password: 'hunter2',
    clock: serverClock,
    openSocket: network.openSocket,
    onCommand: (command) => command,
  })
  await server.listen()
  const transport = new MemoryTransport(
    clock,
    new Map([
      [
        ADDRESS,
        {
          onDatagram: (datagram, from) => {
            backs.set(from.port, from.deliver)
            network.deliver(datagram, { address: from.address, port: from.port })
          },
          onClose: ({ port }) => backs.delete(port),
        },
      ],
    ]),
  )
  const client = new AsyncRconClient({
    clock,
    transport,
    reconnectDelayMs: 10,
    forgottenAfterPackets: 3,
    forgottenAfterMs: 100,
    keepAliveMs: 500,
  })
  let answered = 0
  let mostTimers = 0
  let mostSockets = 0
  const connecting = client.connect(ADDRESS, 2306, 'hunter2')
  await clock.run(10)
  await connecting
  for (let reconnect = 0; reconnect < reconnects; reconnect++) {
    for (const peer of server.peers) server.disconnect(peer)
    const asked = client.sendCommand(`command ${reconnect}`, { resend: true })
    await clock.run(3_000)
    if ((await asked) === `command ${reconnect}`) answered++
    mostTimers = Math.max(mostTimers, clock.timers)
    mostSockets = Math.max(mostSockets, transport.sockets)
    onReconnect()
  }
  const { logins } = client.statistics
  await client.close()
  await server.close()
  return {
    logins,
    answered,
    mostTimers,
    mostSockets,
    timersLeft: clock.timers,
    socketsLeft: transport.sockets,
  }
}
