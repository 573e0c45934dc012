import type { FleetServer } from '../server-list.js'
import type { ServerLogin } from './server-login.js'
import type { Tenure } from './tenure.js'

/** What a worker knows of a server that is listed. */
export interface ListedServer {
  server: FleetServer
  tenure?: Tenure | undefined
  /** Kept for a while after the lease is lost. */
  login?: ServerLogin | undefined
  cancelGrace?: (() => void) | undefined
  state: 'still' | 'taking'
  /** No take before that, after one that failed. */
  notBefore: number
  /** Takes that failed one after the other. */
  failures: number
  /** No hand-over before that: the better owner may have failed to take it. */
  keepUntil: number
}

/** A server that has just been listed. */
export function newListed(server: FleetServer): ListedServer {
  return { server, state: 'still', notBefore: 0, failures: 0, keepUntil: 0 }
}
