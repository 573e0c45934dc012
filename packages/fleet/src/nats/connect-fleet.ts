import { InvalidArgumentError, RconError } from '@bercon/client'
import { checkNumber, SOME_DURATION } from '@bercon/core/kit'
import { type KV, Kvm, type KvOptions, type KvStatus } from '@nats-io/kv'
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node'
import { DEFAULT_LEASE_MS } from '../memory/memory-leases.js'
import { checkToken } from '../server-list.js'
import { DEFAULT_PREFIX } from '../wire/subjects.js'
import { isInboxPrefix, NatsBus } from './nats-bus.js'
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
  /**
   * How many servers of a cluster of NATS keep the leases and the list, 1, 3 or 5: as many may be lost as are fewer than half.
   * @default 1
   */
  readonly replicas?: number | undefined
}

interface OpenBucket {
  readonly bucket: KV
  /** Of one that is created where it is not there. */
  readonly status?: KvStatus
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

// Another server than the leader of a bucket may answer directly, and lag behind it.
const LAST_ONLY = { history: 1, allow_direct: false }
const MAX_REPLICAS = 5
// NATS 2.9 that has ended and begun again reads a whole file of messages at each write to a bucket of leases on disk.
const MEMORY = 'memory' as KvOptions['storage']

/**
 * Connects to NATS (2.9 or later, with JetStream) and returns what workers and directories are made of. The connection
 * comes back by itself, however long NATS is away.
 *
 * @throws {@link InvalidArgumentError} for a bad `leaseMs`, `prefix`, `replicas` or `inboxPrefix`, or a bucket that was created with
 * another `leaseMs` or other `replicas`; {@link RconError} (`host-unreachable`) if the first connection fails.
 */
export async function connectFleet(options: ConnectFleetOptions): Promise<NatsFleet> {
  const { nats, key, leaseMs = DEFAULT_LEASE_MS, prefix = DEFAULT_PREFIX, create = true, replicas } = options
  checkNumber('replicas', replicas ?? 1, { min: 1, max: MAX_REPLICAS, integer: true })
  checkNumber('leaseMs', leaseMs, { ...SOME_DURATION, min: 500 })
  checkToken('prefix', prefix)
  const { inboxPrefix = '_INBOX' } = nats
  if (!isInboxPrefix(inboxPrefix))
    throw new InvalidArgumentError('inboxPrefix', inboxPrefix, 'a prefix that begins with "_INBOX"')
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
    const sentence = `No connection to NATS at ${placesOf(nats)}: ${error.message}`
    throw new RconError('host-unreachable', sentence, { cause: error })
  })
  try {
    const link = new NatsLink(connection)
    const store = new Kvm(connection)
    const open = async (name: string, wanted: Partial<KvOptions>): Promise<OpenBucket> => {
      const settings = { ...LAST_ONLY, replicas: replicas ?? 1, ...wanted }
      if (!create) return { bucket: await store.open(name, settings) }
      const bucket = await store.create(name, settings)
      const status = await bucket.status()
      if (replicas !== undefined) checkSetting(status, ['replicas', status.replicas, replicas])
      return { bucket, status }
    }
    const leases = new NatsLeases(leaseMs, link, async () => {
      const settings = { ttl: leaseMs, timeout: leaseMs / 3, storage: MEMORY }
      const { bucket, status = await bucket.status() } = await open(`${prefix}-leases`, settings)
      // With another life a worker would trust leases that are over.
      checkSetting(status, ['leaseMs', status.ttl, leaseMs])
      return { bucket, createdAt: Date.parse(status.streamInfo.created) }
    })
    if (create) await leases.open(CONNECT_TIMEOUT_MS)
    const { bucket: servers } = await open(`${prefix}-servers`, {})
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

/** @throws {@link InvalidArgumentError} if the bucket was created with another value of a setting. */
function checkSetting(
  { bucket, streamInfo }: KvStatus,
  [setting, actual, wanted]: readonly [string, number, number],
): void {
  if (actual === wanted) return
  const { name } = streamInfo.config
  const sentence = `The bucket ${bucket} was created with ${setting} ${actual}, and ${wanted} is wanted; change the stream ${name} ("nats stream edit"), or say ${actual}`
  throw new InvalidArgumentError(setting, wanted, `${actual}, as the bucket has`, sentence)
}

/** The addresses of NATS without the passwords that they may contain. */
function placesOf({ servers = 'its default address' }: NodeConnectionOptions): string {
  return [servers]
    .flat()
    .join(', ')
    .replaceAll(/[^/\s]*@/g, '')
}
