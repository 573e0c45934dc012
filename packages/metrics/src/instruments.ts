import { type CommandOutcome, type ConnectionStatistics, InvalidArgumentError } from '@bercon/client'
import type { Registry } from 'prom-client'
import { Family, type Sample } from './family.js'
import type { MeteredSource } from './metered-source.js'
import type { MeteredClient } from './metrics-source.js'
import { ServerCounts } from './server-counts.js'

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
  readonly #counts = new Map<string, ServerCounts>()

  /** @throws {@link InvalidArgumentError} when the registry has a metric of one of these names already. */
  constructor(registry: Registry) {
    const taken = NAMES.find((name) => registry.getSingleMetric(name) !== undefined)
    if (taken !== undefined)
      throw new InvalidArgumentError(
        'registry',
        taken,
        'a registry without such a metric',
        `The registry already has a metric ${taken}; pass another registry`,
      )
    this.#registry = registry
    for (const { metric } of this.#families()) registry.registerMetric(metric)
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
    this.#countsOf(server).countMessage(type)
  }

  countCommand(server: string, outcome: CommandOutcome, elapsedMs: number): void {
    this.#countsOf(server).countCommand(outcome, elapsedMs)
  }

  *#families(): Iterable<Family> {
    for (const [name, [field, help]] of Object.entries(COUNTED)) {
      const read = ({ statistics }: MeteredClient) => Number(statistics[field] ?? 0)
      yield new Family({ name, help, type: 'counter', collect: () => this.#read(read) })
    }
    for (const [name, [read, help]] of Object.entries(MEASURED))
      yield new Family({ name, help, type: 'gauge', collect: () => this.#read(read) })
    const reset = () => {
      for (const counts of this.#counts.values()) counts.clear()
    }
    yield new Family({
      name: COMMANDS,
      help: 'Commands that have ended, by how they ended.',
      type: 'counter',
      collect: () => this.#counted((counts) => counts.commands()),
      reset,
    })
    yield new Family({
      name: ROUND_TRIP,
      help: 'Time from the call of a command to its reply.',
      type: 'histogram',
      collect: () => this.#counted((counts) => counts.roundTrips(ROUND_TRIP)),
      reset,
    })
    yield new Family({
      name: MESSAGES,
      help: 'Messages received from the server, by the event that each is.',
      type: 'counter',
      collect: () => this.#counted((counts) => counts.messages()),
      reset,
    })
  }

  /** One value of each server, as it is now. */
  *#read(read: (client: MeteredClient) => number): Iterable<readonly Sample[]> {
    for (const [server, client] of this.#servers()) yield [this.#countsOf(server).sample(read(client))]
  }

  /** What was counted of each server. Those that are gone are forgotten. */
  *#counted(samplesOf: (counts: ServerCounts) => readonly Sample[]): Iterable<readonly Sample[]> {
    for (const source of this.#sources) source.forgetStrangers()
    const present = new Set(Array.from(this.#servers(), ([server]) => server))
    for (const server of this.#counts.keys()) if (!present.has(server)) this.#counts.delete(server)
    for (const server of present) yield samplesOf(this.#countsOf(server))
  }

  *#servers(): Iterable<readonly [server: string, client: MeteredClient]> {
    for (const { servers } of this.#sources)
      for (const server of servers.names) {
        const client = servers.get(server)
        if (client !== undefined) yield [server, client]
      }
  }

  #countsOf(server: string): ServerCounts {
    const known = this.#counts.get(server)
    if (known !== undefined) return known
    const counts = new ServerCounts(server)
    this.#counts.set(server, counts)
    return counts
  }
}
