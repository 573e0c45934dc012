import type { Limiter } from '@bercon/client'
import type { FleetServer } from '../server-list.js'
import { ServerLogin } from './server-login.js'
import type { Tenure } from './tenure.js'
import type { FleetWorkerParts, FleetWorkerSettings } from './worker-options.js'

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

/** The login to a server, a new one unless it was kept. */
export function openLogin(
  listed: ListedServer,
  { servers, connect, clock, retryDelayMs, onEvent }: FleetWorkerParts & FleetWorkerSettings,
  logins: Limiter,
): ServerLogin {
  listed.login ??= new ServerLogin(listed.server, {
    servers,
    connect,
    logins,
    clock,
    retryDelayMs,
    onError: (name, error) => onEvent({ type: 'error', server: name, during: 'login', error }),
  })
  return listed.login
}

/** Keeps the login for a while, in case the worker gets its lease back. */
export function keepLogin(
  listed: ListedServer,
  { clock, loginGraceMs }: Pick<FleetWorkerSettings, 'clock' | 'loginGraceMs'>,
): void {
  endGrace(listed)
  listed.cancelGrace = clock.setTimer(() => {
    listed.tenure?.giveUp()
    closeLogin(listed)
  }, loginGraceMs)
}

/** The login is kept as long as the lease again. */
export function endGrace(listed: ListedServer): void {
  listed.cancelGrace?.()
  listed.cancelGrace = undefined
}

export function closeLogin(listed: ListedServer): void {
  endGrace(listed)
  listed.login?.close()
  listed.login = undefined
}
