import { networkInterfaces } from 'node:os'
import { MemoryTransport, VirtualClock } from '@bercon/core/testing'
import { startSimulator } from '@bercon/simulator'
import { describe, expect, it } from 'vitest'
import { AsyncRconClient } from './async-rcon-client.js'
import { UdpTransport } from './udp-transport.js'

// Defects of other clients that the layers below cannot show; the comment above each test says how to reintroduce one.

const HOUR_MS = 3_600_000
const LOGIN_ACCEPTED = Uint8Array.from(Buffer.from('424569ddde36ff0001', 'hex'))
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

// In udp-transport.ts: let `resolve` return `[host]` for a name too, and have the 'message' listener in `open` return
// if the `address` of its second argument is not the one passed to `open`.
describe('defect 10: a host name or IPv6 address compared with the sender’s numeric address, so that every answer is ignored', () => {
  async function replyFrom(host: string, listenAt: string): Promise<string> {
    await using simulator = await startSimulator({ password: 'hunter2', host: listenAt, bots: false })
    await using client = new AsyncRconClient({ transport: new UdpTransport() })
    await client.connect(host, simulator.port, 'hunter2')
    return await client.sendCommand('version')
  }

  it('a host name', async () => {
    expect(await replyFrom('localhost', '127.0.0.1')).not.toBe('')
  })

  it.runIf(hasIpv6)('an IPv6 address written differently from the system’s form', async () => {
    expect(await replyFrom('0:0:0:0:0:0:0:1', '::1')).not.toBe('')
  })
})

/** A client logged in, in virtual time, to a server that answers logins while it is up and ignores everything else. */
async function newLogin() {
  const clock = new VirtualClock()
  const server = { isUp: true, logins: 0 }
  const peer = {
    onDatagram: (datagram: Uint8Array, from: { deliver: (datagram: Uint8Array) => void }) => {
      if (!server.isUp || datagram[7] !== 0) return
      server.logins++
      from.deliver(LOGIN_ACCEPTED)
    },
  }
  const transport = new MemoryTransport(clock, new Map([['192.0.2.1', peer]]))
  const client = new AsyncRconClient({
    transport,
    clock,
    reconnectDelayMs: HOUR_MS,
    maxReconnectDelayMs: HOUR_MS,
  })
  const connected = client.connect('192.0.2.1', 2306, 'hunter2')
  await clock.run(0)
  await connected
  return { clock, server, transport, client }
}

// In core's connection/server-connection.ts, in `#attemptFailed`: return early if the state is not 'connecting'.
describe('defect 12: giving up for good after a server restart', () => {
  it('the client reconnects, however long the server was away', async () => {
    const { clock, server, client } = await newLogin()
    server.isUp = false
    await clock.run(24 * HOUR_MS)
    expect([client.state, server.logins]).toEqual(['reconnecting', 1])
    server.isUp = true
    const back = client.waitFor('connect')
    await clock.run(2 * HOUR_MS)
    await back
    expect(server.logins).toBeGreaterThan(1)
    await client.close()
  })
})

// In core's connection/server-connection.ts, in `#end`: leave `this.#cancelBackOff()` out.
describe('defect 13: close() that waits behind a back-off sleep', () => {
  it('it returns at once, and leaves no timer behind', async () => {
    const { clock, server, transport, client } = await newLogin()
    server.isUp = false
    // Forgotten within minutes, then half an hour at least until the next login.
    await clock.run(HOUR_MS / 4)
    expect([client.state, transport.sockets, clock.timers]).toEqual(['reconnecting', 0, 1])
    const waiting = expect(client.waitFor('connect')).rejects.toMatchObject({ code: 'closed' })
    const now = clock.now()
    await client.close()
    await client.closed
    await waiting
    expect([client.state, clock.now() - now, clock.timers]).toEqual(['closed', 0, 0])
  })
})
