import { type AsyncRconClient, codeOf, RconPool } from '@bercon/client'
import { type Dialect, battleye as plain } from '@bercon/core/kit'
import { createDialect } from '@bercon/reforger'
import type { ListenAddress } from '@bercon/server'
import { endpoint } from '@bercon/server/kit'
import { type GatewayFile, readGatewayFile, type ServerEntry } from '../config/gateway-file.js'
import { Gateway, type GatewayAddresses } from '../gateway.js'
import type { GatewayEvent } from '../gateway-event.js'
import type { ServerGame } from '../servers/game.js'
import { type FleetServers, openFleet } from './fleet-servers.js'
import { holdFolder, type Release } from './held-folder.js'

/** Takes a line for the operator of the gateway. */
export type Note = (line: string) => void

// Users shall learn within seconds that a server is gone, and be back within seconds when it is.
const NOTICES_SOON = { keepAliveMs: 5_000, maxReconnectDelayMs: 5_000 }

/** A gateway as its file describes it, which can read that file again. */
export class GatewayProcess implements AsyncDisposable {
  readonly #path: string
  readonly #note: Note
  readonly #pool = new RconPool({ client: NOTICES_SOON })
  readonly #fleet: FleetServers | undefined
  readonly #gateway: Gateway
  #file: GatewayFile
  #reloaded = Promise.resolve()
  #release: Release = () => {}

  /**
   * Connects to the fleet, if the file names one, and makes the gateway.
   *
   * @throws {@link InvalidArgumentError} with a sentence that names what is wrong in the file.
   */
  static async open(path: string, note: Note): Promise<GatewayProcess> {
    const { fleet, audit } = readGatewayFile(path)
    const release = await holdFolder(audit.directory)
    const opened = fleet === undefined ? undefined : await openFleet(fleet)
    const gateway = new GatewayProcess(path, note, opened)
    gateway.#release = release
    return gateway
  }

  /** @throws {@link InvalidArgumentError} with a sentence that names what is wrong in the file. */
  constructor(path: string, note: Note, fleet?: FleetServers) {
    this.#path = path
    this.#note = note
    this.#file = readGatewayFile(path)
    this.#fleet = fleet
    const servers = fleet?.servers ?? this.#pool
    const { users, roles, audit } = this.#file
    const games = fleet?.games() ?? this.#file.games
    const onEvent = (event: GatewayEvent) => this.#noteEvent(event)
    this.#gateway = new Gateway({ servers, users, roles, games, audit, onEvent })
    servers.listen('connect', ({ server }) => note(`${server}: logged in`))
    servers.listen('disconnect', ({ server, event }) => note(`${server}: login lost (${event.reason})`))
    servers.listen('error', ({ server = 'gateway', error, during }) =>
      note(`${server}: ${during}: ${messageOf(error)}`),
    )
  }

  /** Opens all fronts, and begins to log in. @throws as `Gateway.listen`. */
  async start(): Promise<GatewayAddresses> {
    const { servers, http, warnings } = this.#file
    for (const warning of warnings) this.#note(`warning: ${warning}`)
    const fronts = [...servers].flatMap(([name, { battleye }]) =>
      battleye === undefined ? [] : [[name, battleye] as const],
    )
    const addresses = await this.#gateway.listen({
      battleye: Object.fromEntries(fronts),
      ...(http && { http }),
    })
    if (addresses.http !== undefined) this.#note(`http: ${addresses.http.url}`)
    for (const [name, address] of Object.entries(addresses.battleye)) this.#noteFront(name, address)
    // A gateway that cannot listen logs in nowhere.
    for (const [name, entry] of servers) this.#add(name, entry)
    return addresses
  }

  /** Reads the file again: users, roles and servers change without losing a login. A file with a mistake changes nothing. */
  reload(): Promise<void> {
    // One after the other: an earlier one would bring back what a later one has removed.
    this.#reloaded = this.#reloaded.then(() => this.#reload())
    return this.#reloaded
  }

  async #reload(): Promise<void> {
    let next: GatewayFile
    try {
      next = readGatewayFile(this.#path)
      this.#gateway.update(this.#fleet === undefined ? next : { ...next, games: this.#fleet.games() })
    } catch (error) {
      this.#note(`not reloaded, nothing has changed: ${messageOf(error)}`)
      return
    }
    const before = this.#file
    this.#file = next
    const isFixed = (['http', 'audit', 'fleet'] as const).every((key) => !differ(before[key], next[key]))
    if (!isFixed)
      this.#note('[http], [audit] and [fleet] are read at the start only; restart the gateway to change them')
    for (const warning of next.warnings)
      if (!before.warnings.includes(warning)) this.#note(`warning: ${warning}`)
    await this.#changeServers(before.servers, next.servers)
    this.#note('reloaded')
  }

  /** Closes everything. */
  async close(): Promise<void> {
    await this.#gateway.close()
    await this.#pool.close()
    await this.#fleet?.close()
    this.#release()
  }

  /** Closes it at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #changeServers(before: GatewayFile['servers'], next: GatewayFile['servers']): Promise<void> {
    for (const [name, old] of before) {
      const entry = next.get(name)
      const isSame = entry !== undefined && !differ([old.target, old.game], [entry.target, entry.game])
      if (!isSame || !isAlive(this.#pool.get(name))) this.#pool.remove(name)
      if (differ(old.battleye, entry?.battleye)) await this.#gateway.closeBattleye(name)
    }
    for (const [name, entry] of next) {
      if (this.#pool.get(name) === undefined) this.#add(name, entry)
      const { battleye } = entry
      if (battleye === undefined || !differ(before.get(name)?.battleye, battleye)) continue
      await this.#gateway
        .listenBattleye(name, battleye.host, battleye.port)
        .then((address) => this.#noteFront(name, address))
        .catch((error: unknown) => this.#note(`servers.${name}.battleye: ${messageOf(error)}`))
    }
  }

  #add(name: string, { target, game }: ServerEntry): void {
    // Said at once: of a server that does not answer, the pool's events report nothing for half a minute.
    this.#note(`${name}: logging in to ${endpoint(target.host, target.port)}`)
    this.#pool.add(name, target, { dialect: dialectOf(game) }).catch((error: unknown) => {
      if (codeOf(error) === 'login-refused')
        this.#note(`${name}: not tried again until the file is read again (SIGHUP)`)
    })
  }

  #noteFront(name: string, { address, port }: ListenAddress): void {
    this.#note(`${name}: BattlEye at ${endpoint(address, port)}`)
  }

  #noteEvent(event: GatewayEvent): void {
    switch (event.type) {
      case 'login':
        this.#note(`${event.user} logged in by ${event.front} from ${event.from}`)
        break
      case 'refused':
        this.#note(`a wrong token by ${event.front} from ${event.from}`)
        break
      case 'slow':
        this.#note(`${event.user} at ${event.from} reads too slowly and loses messages`)
        break
      case 'error':
        this.#note(`${event.during}: ${messageOf(event.error)}`)
    }
  }
}

function dialectOf(game: ServerGame): Dialect {
  if (game === 'reforger' || game === 'auto') return createDialect({ rcon: 'auto' })
  return plain
}

/** Whether a server that stays in the file still has a client that goes on; a refused password ends one. */
function isAlive(client: AsyncRconClient | undefined): boolean {
  return client !== undefined && client.state !== 'closed' && client.state !== 'refused'
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return codeOf(error) === undefined && error.stack !== undefined ? error.stack : error.message
}
