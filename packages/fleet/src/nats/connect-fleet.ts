import { checkNumber, SOME_DURATION } from '@bercon/core/kit'
import { type KV, Kvm, type KvOptions } from '@nats-io/kv'
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node'
import { DEFAULT_LEASE_MS } from '../memory/memory-leases.js'
import { checkToken } from '../server-list.js'
import { DEFAULT_PREFIX } from '../wire/subjects.js'
import { NatsBus } from './nats-bus.js'
import { NatsLeases } from './nats-leases.js'
import { NatsLink } from './nats-link.js'
import { NatsServerList } from './nats-server-list.js'
import type { PasswordKey } from './password-key.js'

/** Options of {@link connectFleet}. */
export interface ConnectFleetOptions {
  /** Servers, credentials, TLS: as `connect` of `@nats-io/transport-node` takes them. */
  readonly nats: NodeConnectionOptions
  /** Needed by workers, and to add servers. */
  readonly key?: PasswordKey | undefined
  /**
   * How long a lease lives without being renewed, in ms; the same for all of a fleet.
   * @default 6000
   */
  readonly leaseMs?: number | undefined
  /**
   * The first token of every subject and bucket.
   * @default 'bercon'
   */
  readonly prefix?: string | undefined
  /**
   * Whether the buckets are created where they are not there, as that of the leases is not when NATS has ended; without it,
   * their being there is not checked either.
   * @default true
   */
  readonly create?: boolean | undefined
}

/** The parts of a fleet over one connection to NATS. */
export interface NatsFleet extends AsyncDisposable {
  readonly bus: NatsBus
  readonly leases: NatsLeases
  readonly servers: NatsServerList
  /** Closes the connection, after what waits to be sent. */
  close(): Promise<void>
}

// A first packet that is lost is sent again after 1, 3 and 7 s.
const [MIN_PING_MS, CONNECT_TIMEOUT_MS] = [1_000, 10_000]

const LAST_ONLY = { history: 1 }
// NATS 2.9 that has ended and begun again reads a whole file of messages at each write to a bucket of leases on disk.
const MEMORY = 'memory' as KvOptions['storage']

/**
 * Connects to NATS (2.9 or later, with JetStream) and returns what workers and directories are made of. The connection
 * comes back by itself, however long NATS is away.
 *
 * @throws {@link InvalidArgumentError} for a bad `leaseMs` or `prefix`; an error with that of NATS as its `cause` if the
 * first connection fails.
 */
export async function connectFleet(options: ConnectFleetOptions): Promise<NatsFleet> {
  const { nats, key, leaseMs = DEFAULT_LEASE_MS, prefix = DEFAULT_PREFIX, create = true } = options
  checkNumber('leaseMs', leaseMs, { ...SOME_DURATION, min: 500 })
  checkToken('prefix', prefix)
  const connection = await connect({
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    // A connection that a firewall cuts does not break: without an answer to two of these it counts as broken.
    pingInterval: Math.max(MIN_PING_MS, leaseMs / 2),
    timeout: CONNECT_TIMEOUT_MS,
    // A trace for each request takes a tenth of a worker's CPU.
    noAsyncTraces: true,
    ...nats,
  }).catch((error: Error) => {
    throw new Error(`No connection to NATS at ${placesOf(nats)}: ${error.message}`, { cause: error })
  })
  try {
    const link = new NatsLink(connection)
    const store = new Kvm(connection)
    const open = (name: string, wanted: Partial<KvOptions>): Promise<KV> =>
      create ? store.create(name, { ...LAST_ONLY, ...wanted }) : store.open(name, wanted)
    const leases = new NatsLeases(leaseMs, link, async () => {
      const settings = { ttl: leaseMs, timeout: leaseMs / 3, storage: MEMORY }
      const bucket = await open(`${prefix}-leases`, settings)
      const { created } = (await bucket.status()).streamInfo
      return { bucket, createdAt: Date.parse(created) }
    })
    if (create) await leases.open()
    const servers = await open(`${prefix}-servers`, {})
    return {
      bus: new NatsBus(connection, link),
      leases,
      servers: new NatsServerList(servers, link, key),
      close: () => connection.drain().catch(() => connection.close()),
      [Symbol.asyncDispose]: () => connection.drain().catch(() => connection.close()),
    }
  } catch (error) {
    await connection.close()
    throw error
  }
}

/** The addresses of NATS without the passwords that they may contain. */
function placesOf({ servers = 'its default address' }: NodeConnectionOptions): string {
  return [servers]
    .flat()
    .join(', ')
    .replaceAll(/[^/\s]*@/g, '')
}
