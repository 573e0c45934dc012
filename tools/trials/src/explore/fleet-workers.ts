import {
  type Bus,
  FleetWorker,
  type Leases,
  type MemoryBus,
  MemoryLeases,
  type MemoryServerList,
  type WorkerEvent,
} from '@bercon/fleet'
import { busOf, FleetProcess, leasesOf } from './fleet-process.js'
import { type GameCommand, HostedGame } from './hosted-game.js'
import type { Ledger } from './ledger.js'
import type { StepClock } from './step-clock.js'

export const LEASE_MS = 6_000

/** The parts of a fleet that a seeded bug replaces. */
export interface FleetParts {
  /** How fast the clock of each worker goes. */
  readonly paces: readonly number[]
  readonly leases: (leases: Leases) => Leases
  readonly bus: (bus: Bus) => Bus
}

/** What the workers share, and who watches them. */
export interface WorkersOptions {
  readonly parts: FleetParts
  readonly clock: StepClock
  readonly hub: MemoryBus
  readonly servers: MemoryServerList
  readonly ledger: Ledger
  readonly note: (text: string) => void
  /** Called with each command that the game of a worker receives. */
  readonly onCommand: (process: FleetProcess, command: GameCommand) => void
}

interface Member {
  readonly process: FleetProcess
  readonly worker: FleetWorker
  readonly games: HostedGame[]
}

/** The real workers of a fleet, each in a process of its own. Their leases are in memory. */
export class FleetWorkers {
  readonly #options: WorkersOptions
  readonly #store: MemoryLeases
  readonly #members: Member[] = []
  // The epoch of the newest lease.
  #epoch = 0

  constructor(options: WorkersOptions) {
    this.#options = options
    this.#store = new MemoryLeases(LEASE_MS, options.clock)
    this.#store.watch((change) => {
      if (change.type === 'held') this.#epoch = change.lease.epoch
    })
  }

  get processes(): readonly FleetProcess[] {
    return this.#members.map(({ process }) => process)
  }

  /** The processes that run and own the server. */
  ownersOf(server: string): readonly FleetProcess[] {
    return this.#members
      .filter(({ process, worker }) => process.state === 'running' && worker.owned.has(server))
      .map(({ process }) => process)
  }

  start(): void {
    const { parts, clock, hub, servers, onCommand } = this.#options
    const index = this.#members.length
    const process = new FleetProcess(`w${index}`, clock, parts.paces[index] ?? 1)
    const games: HostedGame[] = []
    const worker = new FleetWorker({
      id: process.name,
      bus: parts.bus(busOf(process, hub)),
      leases: parts.leases(leasesOf(process, this.#store)),
      servers,
      clock: process.clock,
      random: () => 0.5,
      connect: () => {
        const game = new HostedGame(process.clock, (command) => onCommand(process, command))
        games.push(game)
        return game
      },
      onEvent: (event) => this.#watch(process, event),
    })
    this.#members.push({ process, worker, games })
    worker.start()
  }

  /** The game sends a message to each of its logins. */
  say(text: string): void {
    for (const { process, games } of this.#members)
      for (const game of games) process.receive(text, () => game.say(text))
  }

  #watch({ name }: FleetProcess, event: WorkerEvent): void {
    const { note, ledger } = this.#options
    if (event.type === 'taken') note(`${name} owns the server, epoch ${event.epoch}`)
    if (event.type === 'ended') note(`${name} owns it no more: ${event.reason}`)
    if (event.type !== 'command') return
    note(`${name} begins ${event.text}`)
    if (event.epoch < this.#epoch)
      ledger.usurpers.push(`${name} begins ${event.text} in epoch ${event.epoch} of ${this.#epoch}`)
  }
}
