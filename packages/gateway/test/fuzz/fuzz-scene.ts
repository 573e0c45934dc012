import { AsyncRconClient, type CallOptions, type ConnectionEvent, type ConnectionState } from '@bercon/client'
import { type CommandRequest, type Connection, EventListeners, idleStatistics } from '@bercon/core/kit'
import { VirtualClock } from '@bercon/core/testing'
import type { Random } from '@bercon/server/kit'
import { Audit } from '../../src/audit/audit.js'
import { EventFeed } from '../../src/events/event-feed.js'
import { type FrontParts, StrangerLog } from '../../src/fronts/front-parts.js'
import type { GatewayEvent } from '../../src/gateway-event.js'
import { CommandDesk } from '../../src/servers/command-desk.js'
import { RconKinds } from '../../src/servers/rcon-kinds.js'
import { ServerHistory } from '../../src/servers/server-history.js'
import { ServerList } from '../../src/servers/server-list.js'
import { Access } from '../../src/users/access.js'
import { tokenHash } from '../../src/users/token.js'
import { namesThatServersMayRead } from '../hostile-commands.js'

/** What the only role of the fuzzed gateway names. */
const COMMANDS = ['players', 'say', 'kick']
export const TOKEN = 'a-token-of-ann'

/** What came of inputs to a front; all but the counts must be empty or 0. */
export interface FuzzResult {
  readonly inputs: number
  /** Commands that reached the server. */
  readonly reached: number
  /** Those that the role does not name. */
  readonly unnamed: readonly string[]
  /** Failures in the gateway. */
  readonly errors: readonly unknown[]
  /** What the front answered, by sort. */
  readonly answers: Readonly<Record<string, number>>
}

/** The parts of a gateway in this process and in virtual time, in front of a server that answers everything at once. */
export class FuzzScene {
  readonly clock: VirtualClock = new VirtualClock()
  readonly random: Random
  readonly parts: FrontParts
  readonly connection: ReachedConnection
  readonly answers: Record<string, number> = {}
  readonly errors: unknown[] = []

  constructor(random: Random) {
    const { clock } = this
    this.random = random
    this.connection = new ReachedConnection(random, clock)
    const client = new AsyncRconClient({ connection: this.connection, clock })
    const pool = {
      names: ['altis'],
      get: (name: string) => (name === 'altis' ? client : undefined),
      listen: () => () => {},
    }
    const servers = new ServerList(pool as never, { altis: 'arma3' })
    const roles = { some: { servers: ['altis'], commands: COMMANDS, audit: true } }
    const now = new Access({ users: { ann: { tokenSha256: tokenHash(TOKEN), role: 'some' } }, roles })
    const access = () => now
    const report = (event: GatewayEvent) => {
      if (event.type === 'error') this.errors.push(event.error)
    }
    const audit = new Audit({ append: () => {}, close: () => {} }, clock)
    this.parts = {
      desk: new CommandDesk({ servers, audit, clock, access }),
      servers,
      kinds: new RconKinds(audit, clock),
      history: new ServerHistory(servers, clock),
      feed: new EventFeed({ events: 100, length: 100_000 }),
      audit,
      strangers: new StrangerLog(audit, clock, report),
      clock,
      report,
      access,
    }
  }

  count(answer: string): void {
    this.answers[answer] = (this.answers[answer] ?? 0) + 1
  }

  /** Lets something happen at the server, which users hear of. */
  tellAnything(): void {
    const at = this.clock.wallNow()
    const line = oneOf(this.random, [
      '(Side) Rook: hi',
      'x',
      'y'.repeat(3_000),
      'RCon admin #0 (192.0.2.1:1) logged in',
    ])
    this.connection.tell({ type: 'message', at, text: line, sequence: 0, number: 0 })
    this.parts.feed.add({ server: 'altis', type: 'unknownMessage', at, line, data: JSON.stringify({ line }) })
  }

  result(inputs: number): FuzzResult {
    const { reached, unnamed } = this.connection
    return { inputs, reached, unnamed, errors: this.errors, answers: this.answers }
  }
}

/** The login to a server that keeps nothing but the commands that should not have reached it. */
class ReachedConnection implements Connection {
  readonly statistics = idleStatistics()
  readonly refusal = undefined
  readonly closed: Promise<Error | undefined> = new Promise(() => {})
  readonly state: ConnectionState = 'connected'
  readonly unnamed: string[] = []
  reached = 0
  readonly #random: Random
  readonly #clock: VirtualClock
  readonly #listeners = new EventListeners()

  constructor(random: Random, clock: VirtualClock) {
    this.#random = random
    this.#clock = clock
  }

  async open(): Promise<void> {
    throw new Error('nobody may log in by a front')
  }

  exchange({ text }: CommandRequest, { signal }: CallOptions = {}): Promise<string> {
    this.reached++
    if (!namesThatServersMayRead(text).every((name) => COMMANDS.includes(name))) this.unnamed.push(text)
    const chance = this.#random()
    if (chance < 0.9) return Promise.resolve(chance < 0.05 ? 'z'.repeat(5_000) : PLAYERS)
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      this.#clock.setTimer(
        () => (chance < 0.95 ? resolve(PLAYERS) : reject(new Error('no reply'))),
        chance * 100,
      )
    })
  }

  subscribe(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener)
  }

  tell(event: ConnectionEvent): void {
    this.#listeners.emit(event)
  }

  close(): void {}
}

const PLAYERS =
  'Players on server:\n[#] [IP Address]:[Port] [Ping] [GUID] [Name]\n-----\n(0 players in total)'

/** What the gateway never says, and its server's faults are not the gateway's. */
export function isOwnFault(error: unknown): boolean {
  return !(error instanceof Error && error.message === 'no reply')
}

export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T
}

/** Bytes of which some are cut, changed, doubled or any. */
export function spoiled(random: Random, good: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(good)
  const sort = random()
  if (sort < 0.3) return bytes
  if (sort < 0.4) return Uint8Array.from({ length: Math.floor(random() * 40) }, () => random() * 256)
  if (sort < 0.5) return bytes.slice(0, Math.floor(random() * (bytes.length + 1)))
  if (sort < 0.55) return Uint8Array.of(...bytes, ...bytes)
  for (let change = 0; change < 1 + random() * 3; change++)
    bytes[Math.floor(random() * bytes.length)] = random() * 256
  return bytes
}
