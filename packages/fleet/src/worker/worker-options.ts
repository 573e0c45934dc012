import { type ClientClock, systemClock, UdpTransport } from '@bercon/client'
import {
  type Connection,
  checkMethods,
  checkOptions,
  ServerConnection,
  SOME_COUNT,
  SOME_DURATION,
} from '@bercon/core/kit'
import { createDialect } from '@bercon/reforger'
import type { Bus } from '../bus.js'
import type { Leases } from '../leases.js'
import { checkToken, type FleetServer, type ServerList } from '../server-list.js'
import { DEFAULT_PREFIX } from '../wire/subjects.js'
import type { WorkerEvent } from './worker-event.js'

/** What a worker is made of. */
export interface FleetWorkerParts {
  readonly bus: Bus
  readonly leases: Leases
  readonly servers: ServerList
}

/** Limits of a worker, and its name. */
export interface FleetWorkerSettings {
  /** The worker's name, 1 to 64 letters, digits, `_` or `-`. No two workers that run may have the same. */
  readonly id: string
  /**
   * How many servers it owns at most.
   * @default 1000
   */
  readonly capacity: number
  /**
   * How many servers in a second it hands over to a worker that should own them rather.
   * @default 5
   */
  readonly handoversPerSecond: number
  /**
   * How long it keeps a login whose lease is lost, as long as nobody else owns the server, in ms.
   * @default 60000
   */
  readonly loginGraceMs: number
  /**
   * First logins under way at the same time.
   * @default 64
   */
  readonly maxLogins: number
  /**
   * Time before an unanswered first login is tried again, in ms.
   * @default 5000
   */
  readonly retryDelayMs: number
  /**
   * The first tokens of every subject.
   * @default 'bercon'
   */
  readonly prefix: string
  /** The connection to a server, which the worker opens. @default over UDP, as the game needs it */
  readonly connect: (server: FleetServer) => Connection
  /** Is called with what the worker does. @default does nothing */
  readonly onEvent: (event: WorkerEvent) => void
  /** @default the system clock */
  readonly clock: ClientClock
  /** Numbers from 0 up to 1, to spread what many workers do. @default Math.random */
  readonly random: () => number
}

/** Options of a {@link FleetWorker}: its parts, its name, and settings that have a default. */
export type FleetWorkerOptions = FleetWorkerParts &
  Pick<FleetWorkerSettings, 'id'> &
  Partial<Omit<FleetWorkerSettings, 'id'>>

const DEFAULTS: FleetWorkerSettings = {
  id: '',
  capacity: 1_000,
  handoversPerSecond: 5,
  loginGraceMs: 60_000,
  maxLogins: 64,
  retryDelayMs: 5_000,
  prefix: DEFAULT_PREFIX,
  connect: ({ game }) =>
    new ServerConnection({
      transport: new UdpTransport(),
      clock: systemClock,
      dialect: game === 'reforger' ? createDialect() : undefined,
    }),
  onEvent: () => {},
  clock: systemClock,
  random: Math.random,
}

/** @throws {@link InvalidArgumentError} naming the part or setting that is wrong. */
export function workerOptions(options: FleetWorkerOptions): FleetWorkerParts & FleetWorkerSettings {
  const { bus, leases, servers, ...settings } = options
  checkMethods('bus', bus, ['request', 'serve', 'publish', 'subscribe'])
  checkMethods('leases', leases, ['take', 'renew', 'release', 'watch'])
  checkMethods('servers', servers, ['watch', 'target'])
  const checked = checkOptions<FleetWorkerSettings>(settings, DEFAULTS, {
    capacity: SOME_COUNT,
    handoversPerSecond: SOME_DURATION,
    loginGraceMs: SOME_DURATION,
    maxLogins: SOME_COUNT,
    retryDelayMs: SOME_DURATION,
  })
  checkToken('id', checked.id)
  return { bus, leases, servers, ...checked }
}
