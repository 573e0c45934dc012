// @ts-nocheck
import type { MeteredServers } from './metrics-source.js'

/** The servers of one source, and which of them a client is of. */
export class MeteredSource {
  readonly servers: MeteredServers
  readonly #names = new WeakMap<object, string>()
  // Clients of other sources, so that the names are not searched at each of their commands.
  #strangers = new WeakSet<object>()

  constructor(servers: MeteredServers) {
    this.servers = servers
  }

  /** The name of the client's server, `undefined` for a client that is not of this source. */
  serverOf(client: object): string | undefined {
    const known = this.#names.get(client)
    if (known !== undefined || this.#strangers.has(client)) return known
    for (const name of this.servers.names) {
      if (this.servers.get(name) !== client) continue
      this.#names.set(client, name)
      return name
    }
    this.#strangers.add(client)
    return undefined
  }

  /** To be called now and then: a stranger can have been added to the source since. */
  forgetStrangers(): void {
    this.#strangers = new WeakSet()
  }
}
