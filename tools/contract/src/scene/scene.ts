import type { Kind, RconClient, RconEvents, Result } from '@bercon/core'
import { decodeClientPacket, decodeText } from '@bercon/protocol'
import type { ClientOptions, Flavor } from './flavor.js'
import { type RemoteServer, type ServerThread, startServerThread } from './remote-server.js'
import { PASSWORD, type ServerSettings } from './simulated-server.js'

export { type ClientOptions, type Flavor, NERVOUS } from './flavor.js'
export { MISSIONS } from './simulated-server.js'

const HOST = '127.0.0.1'

/** A server in another thread, and clients, without a test runner. */
export class Scene<K extends Kind, C extends RconClient<K>> {
  readonly flavor: Flavor<K, C>
  #thread: ServerThread | undefined
  readonly #clients: C[] = []
  #port = 0

  constructor(flavor: Flavor<K, C>) {
    this.flavor = flavor
  }

  get server(): RemoteServer {
    this.#thread ??= startServerThread()
    return this.#thread.server
  }

  /** The port of the current server. */
  get port(): number {
    return this.#port
  }

  /** Replaces the current server by another one. */
  async restart(settings?: ServerSettings): Promise<void> {
    this.#port = await this.server.start(settings)
  }

  async closeClients(): Promise<void> {
    for (const client of this.#clients.splice(0)) await this.flavor.close(client)
  }

  /** Ends the thread of the server. */
  async end(): Promise<void> {
    await this.#thread?.end()
    this.#thread = undefined
  }

  /** A client that is not connected, and sends no requests by itself. */
  newClient(options: ClientOptions<K> = {}): C {
    const client = this.flavor.create({ playersIntervalMs: 0, ...options })
    this.#clients.push(client)
    return client
  }

  connect(client: C, password: string = PASSWORD): Promise<unknown> {
    return this.flavor.connect(client, HOST, this.#port, password)
  }

  /** A client that is logged in and knows its admin number. */
  async connected(options?: ClientOptions<K>): Promise<C> {
    const client = this.newClient(options)
    await this.connect(client)
    await this.until(client, () => client.adminId !== undefined)
    return client
  }

  /** The result of an operation; a client may also fail by throwing synchronously. */
  async done<T>(call: () => Result<K, T>): Promise<T> {
    return this.flavor.settle(call())
  }

  /** Delivers events until the condition holds. */
  async until(client: C, isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) {
      await new Promise((resolve) => setImmediate(resolve))
      this.flavor.turn?.(client)
    }
  }

  /** Listens to the events with a name; returns those received so far. */
  record<Name extends keyof RconEvents<K>>(client: C, name: Name): readonly RconEvents<K>[Name][] {
    const events: RconEvents<K>[Name][] = []
    client.listen(name, (event) => {
      events.push(event)
    })
    return events
  }

  /** The first event with a name received after `act` started. */
  async firstAfter<Name extends keyof RconEvents<K>>(
    client: C,
    name: Name,
    act: () => Promise<unknown>,
  ): Promise<RconEvents<K>[Name]> {
    const events = this.record(client, name)
    await act()
    await this.until(client, () => events.length > 0)
    return events[0] as RconEvents<K>[Name]
  }

  /** The bodies of the commands on the wire, starting at the packet's type. */
  async commandPayloads(): Promise<number[][]> {
    const datagrams = await this.server.datagrams()
    return datagrams.filter(isCommand).map((datagram) => [...datagram.subarray(7)])
  }

  /** The texts of the commands in order, each once even if it was sent several times. */
  async commandsAsked(): Promise<string[]> {
    const packets = (await this.server.datagrams()).map(decodeClientPacket)
    const asked = new Map<number, string>()
    for (const packet of packets)
      if (packet.type === 'command') asked.set(packet.sequence, decodeText(packet.bytes))
    return [...asked.values()].filter((text) => text !== '')
  }

  /** The sequences of the acknowledged messages. */
  async acknowledged(): Promise<number[]> {
    const packets = (await this.server.datagrams()).map(decodeClientPacket)
    return packets.flatMap((packet) => (packet.type === 'acknowledgement' ? [packet.sequence] : []))
  }
}

function isCommand(datagram: Uint8Array): boolean {
  return decodeClientPacket(datagram).type === 'command'
}
