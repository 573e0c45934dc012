import { InvalidArgumentError, type Target } from '@bercon/client'
import { checkToken, type FleetServer, type ListChange, type ServerList } from '../server-list.js'

/** A server with its password, as it is added to a list. */
export interface NewFleetServer extends FleetServer {
  readonly password: string
}

/** A list of servers within one process. */
export class MemoryServerList implements ServerList {
  readonly #servers = new Map<string, NewFleetServer>()
  readonly #listeners = new Set<(change: ListChange) => void>()

  /** @throws {@link InvalidArgumentError} for a name that cannot be a token of a subject. */
  constructor(servers: Iterable<NewFleetServer> = []) {
    for (const server of servers) this.put(server)
  }

  /** Adds a server, or changes it. */
  put(server: NewFleetServer): void {
    checkToken('name', server.name)
    this.#servers.set(server.name, server)
    this.#report({ type: 'server', server: shownOf(server) })
  }

  /** Removes a server; returns `false` if it is not listed. */
  remove(name: string): boolean {
    if (!this.#servers.delete(name)) return false
    this.#report({ type: 'removed', name })
    return true
  }

  watch(listener: (change: ListChange) => void): () => void {
    this.#listeners.add(listener)
    const now = [...this.#servers.values()].map(
      (server): ListChange => ({ type: 'server', server: shownOf(server) }),
    )
    queueMicrotask(() => {
      for (const change of [...now, { type: 'complete' } as const])
        if (this.#listeners.has(listener)) listener(change)
    })
    return () => this.#listeners.delete(listener)
  }

  async target(name: string): Promise<Target> {
    const server = this.#servers.get(name)
    if (server === undefined) throw new InvalidArgumentError('name', name, 'the name of a listed server')
    const { host, port, password } = server
    return { host, port, password }
  }

  #report(change: ListChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

function shownOf({ name, host, port, game }: NewFleetServer): FleetServer {
  return { name, host, port, game }
}
