import type { Kind, RconClient, RconEvents, Result } from '@bercon/core'
import { decodeClientPacket, decodeText } from '@bercon/protocol'
import type { ClientOptions, Flavor } from './flavor.js'
import { type RemoteServer, type ServerThread, startServerThread } from './remote-server.js'
import { PASSWORD, type ServerSettings } from './simulated-server.js'

export { type ClientOptions, type Flavor, NERVOUS } from './flavor.js'
export { MISSIONS } from './simulated-server.js'

const HOST = '127.0.0.1'

/** What something is tried on, with no test runner: a server of its own in another thread, and clients. */
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

  /** Where the present server listens. */
  get port(): number {
    return this.#port
  }

  /** Another server in place of the present one. */
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

  /** A client that is not connected, and sends no requests on its own. */
  newClient(options: ClientOptions<K> = {}): C {
    const client = this.flavor.create({ playersIntervalMs: 0, ...options })
    this.#clients.push(client)
    return client
  }

  connect(client: C, password: string = PASSWORD): Promise<unknown> {
    return this.flavor.connect(client, HOST, this.#port, password)
  }

  /** A client that is logged in, and knows who it is. */
  async connected(options?: ClientOptions<K>): Promise<C> {
    const client = this.newClient(options)
    await this.connect(client)
    await this.until(client, () => client.adminId !== undefined)
    return client
  }

  /** The result of an operation; a client may also fail by throwing at once. */
  async done<T>(call: () => Result<K, T>): Promise<T> {
    return this.flavor.settle(call())
  }

  /** Lets events come until it is so. */
  async until(client: C, isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) {
      await new Promise((resolve) => setImmediate(resolve))
      this.flavor.turn?.(client)
    }
  }

  /** Listens to events with a name: what has come so far. */
  record<Name extends keyof RconEvents<K>>(client: C, name: Name): readonly RconEvents<K>[Name][] {
    const events: RconEvents<K>[Name][] = []
    client.listen(name, (event) => {
      events.push(event)
    })
    return events
  }

  /** The first event with a name that comes after `act` began. */
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

  /** The bodies of the commands as they came over the wire, from the packet's type on. */
  async commandPayloads(): Promise<number[][]> {
    const datagrams = await this.server.datagrams()
    return datagrams.filter(isCommand).map((datagram) => [...datagram.subarray(7)])
  }

  /** The texts of the commands that were asked, in order: one that took several sendings is there once. */
  async commandsAsked(): Promise<string[]> {
    const packets = (await this.server.datagrams()).map(decodeClientPacket)
    const asked = new Map<number, string>()
    for (const packet of packets)
      if (packet.type === 'command') asked.set(packet.sequence, decodeText(packet.bytes))
    return [...asked.values()].filter((text) => text !== '')
  }

  /** The sequences of the messages that were acknowledged. */
  async acknowledged(): Promise<number[]> {
    const packets = (await this.server.datagrams()).map(decodeClientPacket)
    return packets.flatMap((packet) => (packet.type === 'acknowledgement' ? [packet.sequence] : []))
  }
}

function isCommand(datagram: Uint8Array): boolean {
  return decodeClientPacket(datagram).type === 'command'
}
