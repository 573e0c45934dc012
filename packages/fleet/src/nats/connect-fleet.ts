import { checkNumber, SOME_DURATION } from '@bercon/core/kit'
import { type KV, Kvm, type KvOptions } from '@nats-io/kv'
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node'
import { DEFAULT_LEASE_MS } from '../memory/memory-leases.js'
import { checkToken } from '../server-list.js'
import { DEFAULT_PREFIX } from '../wire/subjects.js'
import { NatsBus } from './nats-bus.js'
import { NatsLeases } from './nats-leases.js'
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
   * Whether the buckets are created where they are not there; without it, their being there is not checked either.
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

// Every lease in memory of the bucket, and one version of each.
const LAST_ONLY = { history: 1 }

/**
 * Connects to NATS (2.9 or later, with JetStream) and returns what workers and directories are made of. The connection
 * comes back by itself, however long NATS is away.
 *
 * @throws {@link InvalidArgumentError} for a bad `leaseMs` or `prefix`; an error of NATS if the first connection fails.
 */
export async function connectFleet(options: ConnectFleetOptions): Promise<NatsFleet> {
  const { nats, key, leaseMs = DEFAULT_LEASE_MS, prefix = DEFAULT_PREFIX, create = true } = options
  checkNumber('leaseMs', leaseMs, { ...SOME_DURATION, min: 500 })
  checkToken('prefix', prefix)
  const connection = await connect({
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
    ...nats,
  })
  try {
    const store = new Kvm(connection)
    const open = (name: string, wanted: Partial<KvOptions>): Promise<KV> =>
      create ? store.create(name, { ...LAST_ONLY, ...wanted }) : store.open(name, wanted)
    const leases = await open(`${prefix}-leases`, { ttl: leaseMs, timeout: leaseMs / 3 })
    const servers = await open(`${prefix}-servers`, {})
    return {
      bus: new NatsBus(connection),
      leases: new NatsLeases(leases, leaseMs),
      servers: new NatsServerList(servers, key),
      close: () => connection.drain().catch(() => connection.close()),
      [Symbol.asyncDispose]: () => connection.drain().catch(() => connection.close()),
    }
  } catch (error) {
    await connection.close()
    throw error
  }
}
