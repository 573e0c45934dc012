import type { ConnectionState, ConnectionStatistics } from '@bercon/client'
import { isCount, isRecord, recordIn } from './record.js'

/** How a server stands, as its owner reports it. */
export interface OwnedServer {
  readonly name: string
  readonly epoch: number
  readonly state: ConnectionState
  /** The address of the login, once there is one. */
  readonly address: string
  readonly statistics: ConnectionStatistics
}

/** What a worker reports of itself. */
export interface MemberReport {
  readonly worker: string
  readonly capacity: number
  readonly owned: number
  /** Without a report for this time, the worker counts as gone. */
  readonly leaseMs: number
  /** Set in the last report of a worker that stops. */
  readonly leaves: boolean
}

/** What a worker reports: itself, some of the servers that it owns, and those that it has just given up. */
export interface WorkerReport extends MemberReport {
  readonly servers: readonly OwnedServer[]
  readonly released: readonly { readonly name: string; readonly epoch: number }[]
}

const STATES: ReadonlySet<string> = new Set<ConnectionState>([
  'idle',
  'connecting',
  'connected',
  'unresponsive',
  'reconnecting',
  'refused',
  'closed',
])

const NUMBERS = [
  'sent',
  'resent',
  'received',
  'repeated',
  'malformed',
  'unexpected',
  'acknowledged',
  'inFlight',
  'queued',
  'partsBytes',
  'logins',
  'smoothedRoundTripMs',
  'lastRoundTripMs',
] as const satisfies readonly (keyof ConnectionStatistics)[]

export function reportText(report: WorkerReport): string {
  const servers = report.servers.map(({ name, epoch, state, address, statistics }) => [
    name,
    epoch,
    state,
    address,
    NUMBERS.map((field) => statistics[field] ?? null),
  ])
  return JSON.stringify({ v: 1, ...report, servers })
}

/** Reads a report; nothing for a text that is none. */
export function readReport(message: string): WorkerReport | undefined {
  const record = recordIn(message) ?? {}
  const member = memberIn(record)
  const { servers, released } = record
  if (member === undefined || !Array.isArray(servers) || !Array.isArray(released)) return undefined
  return {
    ...member,
    servers: servers.flatMap(ownedIn),
    released: released.flatMap((item: unknown) => {
      if (!isRecord(item)) return []
      const { name, epoch } = item
      return typeof name === 'string' && isCount(epoch) ? [{ name, epoch }] : []
    }),
  }
}

/** Reads what a report says of the worker: other workers need no more, and there are many. */
export function readMember(message: string): MemberReport | undefined {
  return memberIn(recordIn(message) ?? {})
}

function memberIn(record: Readonly<Record<string, unknown>>): MemberReport | undefined {
  const { v, worker, capacity, owned, leaseMs, leaves } = record
  if (v !== 1 || typeof worker !== 'string' || !isCount(capacity) || !isCount(owned)) return undefined
  if (typeof leaseMs !== 'number' || !(leaseMs > 0) || typeof leaves !== 'boolean') return undefined
  return { worker, capacity, owned, leaseMs, leaves }
}

function ownedIn(row: unknown): readonly OwnedServer[] {
  if (!Array.isArray(row)) return []
  const [name, epoch, state, address, numbers] = row as unknown[]
  if (typeof name !== 'string' || !isCount(epoch) || typeof address !== 'string') return []
  if (typeof state !== 'string' || !STATES.has(state) || !Array.isArray(numbers)) return []
  const known = (index: number) => (typeof numbers[index] === 'number' ? Number(numbers[index]) : undefined)
  const entries = NUMBERS.map((field, index) => [
    field,
    field.endsWith('RoundTripMs') ? known(index) : (known(index) ?? 0),
  ])
  const statistics = Object.fromEntries(entries) as unknown as ConnectionStatistics
  return [{ name, epoch, state: state as ConnectionState, address, statistics }]
}
