// @ts-nocheck
import {
  type CommandOutcome,
  type ConnectionStatistics,
  InvalidArgumentError,
  MESSAGE_EVENTS,
} from '@bercon/client'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { MeteredSource } from './metered-source.js'
import type { MeteredClient } from './metrics-source.js'

const OUTCOMES: readonly CommandOutcome[] = ['answered', 'refused', 'not-sent', 'unknown', 'executed']

// From a server in the same rack to the deadline of a command that may be sent again.
const ROUND_TRIP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const COUNTED: Readonly<Record<string, readonly [field: keyof ConnectionStatistics, help: string]>> = {
  bercon_datagrams_sent_total: ['sent', 'Datagrams sent to the server, of every kind.'],
  bercon_datagrams_resent_total: ['resent', 'Commands and logins that were sent again.'],
  bercon_datagrams_received_total: ['received', 'Datagrams received from the server, of every kind.'],
  bercon_logins_total: ['logins', 'Logins that the server accepted.'],
}

const MEASURED: Readonly<Record<string, readonly [read: (client: MeteredClient) => number, help: string]>> = {
  bercon_connected: [(client) => Number(client.isConnected()), 'Whether there is a login: 1 or 0.'],
  bercon_players: [({ cache }) => cache.players.size, 'Players that are known to be on the server.'],
  bercon_queue_length: [({ statistics }) => statistics.queued, 'Commands that wait to be sent.'],
}

const [COMMANDS, ROUND_TRIP, MESSAGES] = [
  'bercon_commands_total',
  'bercon_round_trip_seconds',
  'bercon_messages_total',
]

const NAMES = [...Object.keys(COUNTED), ...Object.keys(MEASURED), COMMANDS, ROUND_TRIP, MESSAGES]

/** The metrics of one registry, with all sources that are collected into it. */
export class Instruments {
  readonly #registry: Registry
  readonly #sources = new Set<MeteredSource>()
  readonly #commands: Counter<'server' | 'outcome'>
  readonly #roundTrips: Histogram<'server'>
  readonly #messages: Counter<'server' | 'type'>
  // The servers that the three above have values of.
  readonly #counted = new Set<string>()

  /** @throws {@link InvalidArgumentError} when the registry has a metric of one of these names already. */
  constructor(registry: Registry) {
    const taken = NAMES.find((name) => registry.getSingleMetric(name) !== undefined)
    if (taken !== undefined)
      throw new InvalidArgumentError('registry', taken, 'one without a metric of that name')
    this.#registry = registry
    const registers = [registry]
    const [every, all] = [() => this.#servers(), () => this.#follow()]
    for (const [name, [field, help]] of Object.entries(COUNTED))
      new Counter({
        name,
        help,
        registers,
        labelNames: ['server'],
        collect() {
          this.reset()
          for (const [server, { statistics }] of every()) this.inc({ server }, Number(statistics[field] ?? 0))
        },
      })
    for (const [name, [read, help]] of Object.entries(MEASURED))
      new Gauge({
        name,
        help,
        registers,
        labelNames: ['server'],
        collect() {
          this.reset()
          for (const [server, client] of every()) this.set({ server }, read(client))
        },
      })
    this.#commands = new Counter({
      name: COMMANDS,
      help: 'Commands that have ended, by how they ended.',
      registers,
      labelNames: ['server', 'outcome'],
      collect: all,
    })
    this.#roundTrips = new Histogram({
      name: ROUND_TRIP,
      help: 'Time from the call of a command to its reply.',
      registers,
      labelNames: ['server'],
      buckets: ROUND_TRIP_BUCKETS,
      collect: all,
    })
    this.#messages = new Counter({
      name: MESSAGES,
      help: 'Messages received from the server, by the event that each is.',
      registers,
      labelNames: ['server', 'type'],
      collect: all,
    })
  }

  add(source: MeteredSource): void {
    this.#sources.add(source)
  }

  /** Takes the source away; with the last one the metrics leave the registry. Returns whether any is left. */
  remove(source: MeteredSource): boolean {
    // A second call must not remove the metrics that another has registered since.
    if (!this.#sources.delete(source) || this.#sources.size > 0) return true
    for (const name of NAMES) this.#registry.removeSingleMetric(name)
    return false
  }

  countMessage(server: string, type: string): void {
    this.#begin(server)
    this.#messages.inc({ server, type })
  }

  countCommand(server: string, outcome: CommandOutcome, elapsedMs: number): void {
    this.#begin(server)
    this.#commands.inc({ server, outcome })
    if (outcome === 'answered' || outcome === 'refused')
      this.#roundTrips.observe({ server }, elapsedMs / 1_000)
  }

  *#servers(): Iterable<readonly [server: string, client: MeteredClient]> {
    for (const { servers } of this.#sources)
      for (const server of servers.names) {
        const client = servers.get(server)
        if (client !== undefined) yield [server, client]
      }
  }

  /** Begins at zero with each new server, so that rates see the first command; forgets those that are gone. */
  #follow(): void {
    const present = new Set<string>()
    for (const source of this.#sources) source.forgetStrangers()
    for (const [server] of this.#servers()) {
      present.add(server)
      this.#begin(server)
    }
    for (const server of this.#counted) if (!present.has(server)) this.#forget(server)
  }

  #begin(server: string): void {
    if (this.#counted.has(server)) return
    this.#counted.add(server)
    for (const outcome of OUTCOMES) this.#commands.inc({ server, outcome }, 0)
    for (const type of MESSAGE_EVENTS) this.#messages.inc({ server, type }, 0)
    this.#roundTrips.zero({ server })
  }

  #forget(server: string): void {
    this.#counted.delete(server)
    for (const outcome of OUTCOMES) this.#commands.remove({ server, outcome })
    for (const type of MESSAGE_EVENTS) this.#messages.remove({ server, type })
    this.#roundTrips.remove({ server })
  }
}
