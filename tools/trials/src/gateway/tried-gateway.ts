import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AsyncRconClient, RconPool } from '@bercon/client'
import { Gateway, type GatewayEvent, type RoleOptions, tokenHash, type UserOptions } from '@bercon/gateway'
import { connectGateway, type WebSocketClass } from '@bercon/remote'
import { type Peer, RconServer } from '@bercon/server'
import { WebSocket } from 'ws'

/** A line of the audit, as far as trials read it. */
export interface AuditLine {
  readonly at: string
  readonly id: string
  readonly event: string
  readonly user: string | null
  readonly command?: string
  readonly outcome?: string
}

/** How a user sends a command. */
export type Send = (text: string) => Promise<unknown>

// A busy machine is no fault of the gateway's.
const TIMEOUT_MS = 30_000

export const ROLES: Readonly<Record<string, RoleOptions>> = {
  speaker: { servers: ['*'], commands: ['say'] },
}

/** A game that keeps what it executes, a gateway in front, and users of all fronts. */
export class TriedGateway implements AsyncDisposable {
  /** The commands that the game has executed, keep-alives and lists left out. */
  readonly executed: string[] = []
  /** When, by `performance.now()`. */
  readonly executedAt: number[] = []
  /** What the gateway reports. */
  readonly events: GatewayEvent[] = []
  readonly pool: RconPool = new RconPool({
    client: { playersIntervalMs: 0, keepAliveMs: 2_000, maxReconnectDelayMs: 500 },
  })
  readonly users: Readonly<Record<string, UserOptions>>
  readonly game: RconServer
  readonly #directory = mkdtempSync(join(tmpdir(), 'bercon-gateway-trial-'))
  readonly #clients: AsyncRconClient[] = []
  readonly gateway: Gateway
  #battleyePort = 0
  #url = ''

  constructor(names: readonly string[]) {
    this.game = new RconServer({
      password: 'hunter2',
      onCommand: (command) => {
        if (command.startsWith('say')) {
          this.executed.push(command)
          this.executedAt.push(performance.now())
        }
        return ''
      },
    })
    this.users = Object.fromEntries(names.map((name) => [name, userOf(name)]))
    this.gateway = new Gateway({
      servers: this.pool,
      games: { altis: 'arma3' },
      users: this.users,
      roles: ROLES,
      audit: { directory: this.#directory, maxBytes: 2_000_000 },
      onEvent: (event) => this.events.push(event),
    })
  }

  async start(): Promise<void> {
    const { address: host, port } = await this.game.listen()
    await this.pool.add('altis', { host, port, password: 'hunter2' }, { maxInFlight: 128 })
    const { battleye, http } = await this.gateway.listen({ battleye: { altis: {} }, http: { port: 0 } })
    this.#battleyePort = Object.values(battleye)[0]?.port ?? 0
    this.#url = http?.url ?? ''
  }

  get url(): string {
    return this.#url
  }

  get battleyePort(): number {
    return this.#battleyePort
  }

  /** A user by their own tool, by WebSocket, or by HTTP. */
  async user(name: string, front: 'battleye' | 'websocket' | 'http'): Promise<Send> {
    const token = tokenOf(name)
    if (front === 'http') return (text) => this.#post(token, text)
    const client = front === 'battleye' ? await this.#peer(token) : this.#remote(token)
    this.#clients.push(client)
    return (text) => client.sendCommand(text, { timeoutMs: TIMEOUT_MS })
  }

  /** Forgets everybody, as a game that restarts. */
  restartGame(): void {
    for (const peer of this.game.peers as readonly Peer[]) this.game.disconnect(peer)
  }

  audit(): readonly AuditLine[] {
    return readdirSync(this.#directory)
      .sort()
      .flatMap((name) => readFileSync(join(this.#directory, name), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as AuditLine)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client.close()
    await this.gateway.close()
    await this.pool.close()
    await this.game.close()
    rmSync(this.#directory, { recursive: true })
  }

  #peer(token: string): Promise<AsyncRconClient> {
    return new AsyncRconClient({ playersIntervalMs: 0 }).connect('127.0.0.1', this.#battleyePort, token)
  }

  #remote(token: string): AsyncRconClient {
    const connection = connectGateway(this.#url, {
      server: 'altis',
      token,
      WebSocket: WebSocket as WebSocketClass,
    })
    return new AsyncRconClient({ connection })
  }

  async #post(token: string, text: string): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/servers/altis/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text, timeoutMs: TIMEOUT_MS }),
    })
    const body = await response.text()
    if (response.ok) return body
    throw new Error(body)
  }
}

/** The token of a user of a trial. */
export function tokenOf(name: string): string {
  return `token-of-${name}`
}

function userOf(name: string): UserOptions {
  return { tokenSha256: tokenHash(tokenOf(name)), role: 'speaker' }
}
