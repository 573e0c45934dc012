import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { systemClock } from '@bercon/client'
import { Alarm } from '@bercon/protocol/driver'
import { Link, type LinkOptions } from '@bercon/protocol/link'

const BUFFER_BYTES = 4 * 1024 * 1024

/** One direction: datagrams passed in leave late, twice or never. */
class Way {
  readonly #link: Link
  readonly #alarm: Alarm
  readonly #send: (datagram: Uint8Array) => void

  constructor(options: Partial<LinkOptions>, send: (datagram: Uint8Array) => void) {
    this.#link = new Link(options)
    this.#send = send
    this.#alarm = new Alarm(systemClock, () => this.#deliver())
  }

  put(datagram: Uint8Array): void {
    this.#link.send(datagram, systemClock.now())
    this.#deliver()
  }

  close(): void {
    this.#alarm.clear()
  }

  #deliver(): void {
    for (const datagram of this.#link.takeArrived(systemClock.now())) this.#send(datagram)
    const next = this.#link.nextTimeout()
    if (next !== undefined) this.#alarm.set(next)
  }
}

/** A seeded unreliable network between real sockets: clients send to its port, and it sends to the server. */
export class UdpProxy {
  readonly #options: Partial<LinkOptions>
  readonly #serverPort: number
  readonly #front: Socket = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
  // One socket and two directions for each client, by its port.
  readonly #clients = new Map<
    number,
    { readonly back: Socket; readonly toServer: Way; readonly toClient: Way }
  >()

  constructor(serverPort: number, options: Partial<LinkOptions>) {
    this.#serverPort = serverPort
    this.#options = options
  }

  async listen(): Promise<number> {
    this.#front.bind(0, '127.0.0.1')
    await once(this.#front, 'listening')
    this.#front.on('message', (datagram, { port }) => this.#clientAt(port).toServer.put(datagram))
    return this.#front.address().port
  }

  close(): void {
    this.#front.close()
    for (const { back, toServer, toClient } of this.#clients.values()) {
      back.close()
      toServer.close()
      toClient.close()
    }
  }

  #clientAt(port: number) {
    const known = this.#clients.get(port)
    if (known !== undefined) return known
    const back = createSocket({ type: 'udp4', recvBufferSize: BUFFER_BYTES })
    const seed = (this.#options.seed ?? 1) + this.#clients.size * 2
    const toClient = new Way({ ...this.#options, seed: seed + 1 }, (datagram) =>
      this.#front.send(datagram, port, '127.0.0.1'),
    )
    const toServer = new Way({ ...this.#options, seed }, (datagram) =>
      back.send(datagram, this.#serverPort, '127.0.0.1'),
    )
    back.on('message', (datagram) => toClient.put(datagram))
    // The server is away, which the client must detect.
    back.on('error', () => {})
    const client = { back, toServer, toClient }
    this.#clients.set(port, client)
    return client
  }
}
