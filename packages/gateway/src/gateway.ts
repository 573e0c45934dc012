/// <reference lib="esnext.disposable" preserve="true" />

import { InvalidArgumentError, RconError, systemClock } from '@bercon/client'
import { checkMethods, checkNames } from '@bercon/core/kit'
import type { ListenAddress } from '@bercon/server'
import { Audit, type AuditLines, reportedLines } from './audit/audit.js'
import type { Actor } from './audit/audit-entry.js'
import { AuditFiles } from './audit/audit-files.js'
import { type AuditGiven, auditOptions } from './audit/audit-options.js'
import { EventFeed } from './events/event-feed.js'
import { listenToPool } from './events/heard-events.js'
import { BattleyeFront } from './fronts/battleye/battleye-front.js'
import { type FrontParts, StrangerLog } from './fronts/front-parts.js'
import { HttpFront } from './fronts/http/http-front.js'
import type { HttpAddress, HttpOptions } from './fronts/http/http-options.js'
import { pageFiles } from './fronts/http/static-files.js'
import { WebSocketFront } from './fronts/websocket/websocket-front.js'
import { safeReport } from './gateway-event.js'
import type { GatewayChange, GatewayListenOptions, GatewaySettings } from './gateway-options.js'
import { metricsText } from './metrics-text.js'
import { CommandDesk } from './servers/command-desk.js'
import { RconKinds } from './servers/rcon-kinds.js'
import { ServerHistory } from './servers/server-history.js'
import { type GatewayServers, ServerList } from './servers/server-list.js'
import { Access, type AccessOptions } from './users/access.js'

const OPTIONS = ['servers', 'games', 'users', 'roles', 'audit', 'onEvent', 'clock']

/** Where a gateway listens. */
export interface GatewayAddresses {
  readonly battleye: Readonly<Record<string, ListenAddress>>
  readonly http: HttpAddress | undefined
}

/**
 * Stands between users and game servers: one login to each server, and for each user a token, a role, and an audit of
 * what they do. Users come by BattlEye itself, by WebSocket and by HTTP.
 *
 * @example
 * ```ts
 * import { RconPool } from '@bercon/client'
 * import { createToken, Gateway, tokenHash } from '@bercon/gateway'
 *
 * await using pool = new RconPool()
 * void pool.add('altis', { host: '127.0.0.1', port: 2306, password: 'hunter2' })
 * const token = createToken()
 * await using gateway = new Gateway({
 *   servers: pool,
 *   users: { ann: { tokenSha256: tokenHash(token), role: 'moderator' } },
 *   roles: { moderator: { servers: ['*'], commands: ['players', 'say', 'kick'] } },
 *   audit: { directory: 'audit' },
 * })
 * const { http } = await gateway.listen({ http: { port: 0 } })
 * const answer = await fetch(`${http?.url}/api/servers`, { headers: { authorization: `Bearer ${token}` } })
 * console.log(answer.status) // 200
 * ```
 */
export class Gateway implements AsyncDisposable {
  /** The servers behind it. */
  readonly servers: GatewayServers
  readonly #parts: FrontParts
  readonly #auditDirectory: string | undefined
  readonly #metrics: ReturnType<typeof metricsText>
  readonly #stops: readonly (() => void)[]
  readonly #battleye = new Map<string, BattleyeFront>()
  readonly #webSockets: WebSocketFront
  #http: HttpFront | undefined
  #options: AccessOptions
  #access: Access
  #isClosed = false

  /** @throws {@link InvalidArgumentError} that names what is wrong; what the system says of the audit's folder. */
  constructor(options: GatewaySettings) {
    checkNames(options, OPTIONS)
    const {
      servers: pool,
      games = {},
      users,
      roles,
      audit: auditGiven,
      onEvent,
      clock = systemClock,
    } = options
    checkMethods('servers', pool, ['get', 'listen'])
    checkMethods('clock', clock, ['now', 'wallNow', 'setTimer'])
    const report = safeReport(onEvent)
    const servers = new ServerList(pool, games)
    this.servers = pool
    this.#options = { users, roles }
    this.#access = new Access(this.#options)
    const onTrouble = (error: Error) => report({ type: 'error', error, during: 'audit' })
    const { lines, directory } = openAudit(
      auditGiven,
      (given) => new AuditFiles(auditOptions(given), { clock, onTrouble }),
    )
    this.#auditDirectory = directory
    const audit = new Audit(reportedLines(lines, clock, onTrouble), clock, setImmediate)
    const access = () => this.#access
    const feed = new EventFeed()
    const history = new ServerHistory(servers, clock)
    const desk = new CommandDesk({ servers, audit, clock, access })
    const strangers = new StrangerLog(audit, clock, report)
    const kinds = new RconKinds(audit, clock)
    this.#parts = { desk, servers, kinds, history, feed, audit, strangers, clock, report, access }
    this.#webSockets = new WebSocketFront(this.#parts)
    this.#metrics = metricsText(pool)
    this.#stops = [
      listenToPool(pool, (event) => feed.add(event)),
      pool.listen('message', ({ server, event }) => this.#battleye.get(server)?.hear(event)),
      () => this.#metrics.stop(),
      () => history.stop(),
    ]
  }

  /**
   * Opens the fronts. May be called again, for fronts that are not open yet.
   *
   * @throws {@link InvalidArgumentError}; `RconError` `server-failure` where an address cannot be had, `closed` after
   * `close`, `already-connected` for a front that is open. Fronts that were opened before the failure stay open.
   */
  async listen({ battleye = {}, http }: GatewayListenOptions): Promise<GatewayAddresses> {
    const addresses: [string, ListenAddress][] = []
    for (const [name, { host = '127.0.0.1', port = 0 }] of Object.entries(battleye))
      addresses.push([name, await this.listenBattleye(name, host, port)])
    const address = http === undefined ? undefined : await this.#listenHttp(http)
    return { battleye: Object.fromEntries(addresses), http: address }
  }

  /** Opens the BattlEye front of one server. @throws as `listen`. */
  async listenBattleye(name: string, host: string, port: number): Promise<ListenAddress> {
    this.#checkOpen()
    if (this.#battleye.has(name)) throw inUse(`The BattlEye front of ${name}`)
    const front = new BattleyeFront(name, this.#parts)
    this.#battleye.set(name, front)
    try {
      return await front.listen(host, port)
    } catch (error) {
      this.#battleye.delete(name)
      throw error
    }
  }

  /** Closes the BattlEye front of one server, and with it the logins there; `false` if it has none. */
  async closeBattleye(name: string): Promise<boolean> {
    const front = this.#battleye.get(name)
    this.#battleye.delete(name)
    await front?.close()
    return front !== undefined
  }

  /**
   * Changes users, roles and games at once; what is left out stays. Users who are none any more, or have another token,
   * are disconnected; no other login is lost. No command that comes later is judged by what was before.
   *
   * @throws {@link InvalidArgumentError} that names what is wrong; then nothing has changed.
   */
  update({ users = this.#options.users, roles = this.#options.roles, games }: GatewayChange): void {
    const options = { users, roles }
    const access = new Access(options, this.#access)
    if (games !== undefined) this.#parts.servers.setGames(games)
    this.#options = options
    this.#access = access
    this.#parts.audit.note(NOBODY, { event: 'reload' })
    for (const part of [this.#parts.desk, ...this.#battleye.values(), this.#webSockets]) part.sweep()
    this.#parts.feed.wake()
  }

  /** Disconnects all users and closes the audit. The pool stays open. May be called again. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    this.#webSockets.close()
    const fronts = [...this.#battleye.values(), this.#http]
    this.#battleye.clear()
    await Promise.all(fronts.map((front) => front?.close()))
    await this.#parts.desk.close()
    const error = this.#parts.audit.close()
    if (error !== undefined) this.#parts.report({ type: 'error', error, during: 'audit' })
  }

  /** Closes it at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #listenHttp(options: HttpOptions): Promise<HttpAddress> {
    this.#checkOpen()
    if (this.#http !== undefined) throw inUse('The HTTP front')
    const parts = {
      ...this.#parts,
      auditDirectory: this.#auditDirectory,
      metrics: () => this.#metrics.read(),
      files: pageFiles(options.page),
    }
    const front = new HttpFront(options, parts, (...asked) => this.#webSockets.upgrade(...asked))
    const address = await front.listen()
    this.#http = front
    return address
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new RconError('closed', 'The gateway is closed; make another one')
  }
}

const NOBODY: Actor = { user: null, role: null, front: null, from: null, server: null }

function inUse(what: string): RconError {
  return new RconError('already-connected', `${what} is open already; close it first`)
}

function openAudit(
  given: AuditGiven | AuditLines,
  open: (given: AuditGiven) => AuditLines,
): { readonly lines: AuditLines; readonly directory: string | undefined } {
  if (typeof given !== 'object' || given === null)
    throw new InvalidArgumentError('audit', given, 'an object with a directory')
  if ('append' in given) return { lines: given, directory: undefined }
  return { lines: open(given), directory: given.directory }
}
