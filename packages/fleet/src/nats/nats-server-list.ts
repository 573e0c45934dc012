import { InvalidArgumentError, type Target } from '@bercon/client'
import type { KV, KvEntry } from '@nats-io/kv'
import type { NewFleetServer } from '../memory/memory-server-list.js'
import {
  checkToken,
  type FleetGame,
  type FleetServer,
  GAMES,
  type ListChange,
  type ServerList,
} from '../server-list.js'
import { recordIn } from '../wire/record.js'
import { watchKeys } from './key-watch.js'
import type { NatsLink } from './nats-link.js'
import type { PasswordKey } from './password-key.js'

/** A list of servers in a bucket of NATS. Passwords are in it encrypted; without the key they cannot be read. */
export class NatsServerList implements ServerList {
  readonly #bucket: KV
  readonly #link: NatsLink
  readonly #key: PasswordKey | undefined

  constructor(bucket: KV, link: NatsLink, key?: PasswordKey) {
    this.#bucket = bucket
    this.#link = link
    this.#key = key
  }

  /** Adds a server, or changes it. @throws {@link InvalidArgumentError} for a bad name, or without a key. */
  async put({ name, host, port, game, password }: NewFleetServer): Promise<void> {
    checkToken('name', name)
    if (this.#key === undefined) throw noKey()
    const sealed = this.#key.seal(password, { name, host, port })
    await this.#bucket.put(name, JSON.stringify({ host, port, game, sealed }))
  }

  /** Removes a server; returns `false` if it is not listed. */
  async remove(name: string): Promise<boolean> {
    const entry = await this.#bucket.get(name)
    if (entry === null || entry.operation !== 'PUT') return false
    await this.#bucket.delete(name)
    return true
  }

  /** Every server that is listed now. */
  async all(): Promise<readonly FleetServer[]> {
    const names: string[] = []
    for await (const name of await this.#bucket.keys()) names.push(name)
    const entries = await Promise.all(names.sort().map((name) => this.#bucket.get(name)))
    return entries.flatMap((entry) => serverIn(entry)?.server ?? [])
  }

  watch(listener: (change: ListChange) => void): () => void {
    // A watch that begins again reports everything again; only a change may cost a login.
    const revisions = new Map<string, number>()
    const watch = watchKeys(() => this.#bucket.watch(), this.#link, {
      onBegin: () => {},
      onEntry: (entry) => {
        if (revisions.get(entry.key) === entry.revision) return
        revisions.set(entry.key, entry.revision)
        const { server } = serverIn(entry) ?? {}
        listener(server === undefined ? { type: 'removed', name: entry.key } : { type: 'server', server })
      },
      onComplete: () => listener({ type: 'complete' }),
    })
    return watch.stop
  }

  async target(name: string): Promise<Target> {
    if (this.#key === undefined) throw noKey()
    const entry = serverIn(await this.#bucket.get(name))
    if (entry === undefined) throw new InvalidArgumentError('name', name, 'the name of a listed server')
    const { host, port } = entry.server
    return { host, port, password: this.#key.open(entry.sealed, { name, host, port }) }
  }
}

function noKey(): InvalidArgumentError {
  return new InvalidArgumentError('key', undefined, 'given: the passwords of the list are encrypted')
}

/** What an entry says, nothing if it is deleted or not a server. */
function serverIn(
  entry: KvEntry | null,
): { readonly server: FleetServer; readonly sealed: string } | undefined {
  if (entry === null || entry.operation !== 'PUT') return undefined
  const { host, port, game, sealed } = recordIn(entry.string()) ?? {}
  if (typeof host !== 'string' || typeof port !== 'number' || typeof sealed !== 'string') return undefined
  if (!GAMES.includes(game as FleetGame)) return undefined
  return { server: { name: entry.key, host, port, game: game as FleetGame }, sealed }
}
