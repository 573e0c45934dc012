import { VirtualClock } from '@bercon/core/testing'
import { createRandom } from '@bercon/protocol/link'
import { FleetDirectory } from '../src/directory/fleet-directory.js'
import { MemoryBus } from '../src/memory/memory-bus.js'
import { MemoryLeases } from '../src/memory/memory-leases.js'
import { MemoryServerList } from '../src/memory/memory-server-list.js'
import { FleetWorker } from '../src/worker/fleet-worker.js'
import { VirtualGame } from './virtual-game.js'
import { busOf, leasesOf, VirtualNetwork } from './virtual-network.js'
import { VirtualProcess } from './virtual-process.js'

const LEASE_MS = 6_000
const [SERVERS, WORKERS] = [8, 4]
const MOST_DRIFT = 0.01

interface Member {
  readonly process: VirtualProcess
  readonly worker: FleetWorker
}

/** How a command ended. */
export interface Ending {
  readonly text: string
  readonly server: string
  readonly resend: boolean
  readonly outcome: string
  readonly tookMs: number
  readonly timeoutMs: number
}

/** A whole fleet in virtual time, with a user who sends commands and listens; everything by seed. */
export class VirtualFleet {
  readonly clock = new VirtualClock()
  readonly random: () => number
  readonly network: VirtualNetwork
  readonly games = new Map<string, VirtualGame>()
  readonly members: Member[] = []
  readonly directory: FleetDirectory
  readonly user: VirtualProcess
  readonly endings: Ending[] = []
  readonly heard: string[] = []
  /** Which worker executed commands of an epoch: `server epoch` to its name. */
  readonly owners = new Map<string, Set<string>>()
  /** Commands that an owner has begun to execute after the store had given the server to another. */
  readonly overtaken: string[] = []
  readonly #epochs = new Map<string, number>()
  readonly #hub = new MemoryBus(this.clock)
  readonly #store = new MemoryLeases(LEASE_MS, this.clock)
  readonly #list: MemoryServerList
  asked = 0
  #workers = 0

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.network = new VirtualNetwork(this.clock, this.random)
    const names = Array.from({ length: SERVERS }, (_, index) => `server-${index}`)
    for (const name of names) this.games.set(name, new VirtualGame(this.random))
    this.#list = new MemoryServerList(
      names.map((name) => ({ name, host: '192.0.2.1', port: 2306, game: 'arma3', password: 'x' })),
    )
    this.#store.watch((change) => {
      if (change.type === 'held') this.#epochs.set(change.lease.server, change.lease.epoch)
    })
    for (let count = 0; count < WORKERS; count++) this.startWorker()
    this.user = this.#newProcess()
    const bus = busOf(this.user, this.#hub, this.network)
    this.directory = new FleetDirectory({
      bus,
      servers: this.#list,
      user: 'ann',
      clock: this.user.clock,
    })
    this.directory.listen('message', ({ server, event }) => this.heard.push(`${server} ${event.text}`))
  }

  get running(): readonly Member[] {
    return this.members.filter(({ process }) => process.state === 'running')
  }

  startWorker(): void {
    const process = this.#newProcess()
    const id = `w${this.#workers++}`
    const worker = new FleetWorker({
      id,
      bus: busOf(process, this.#hub, this.network),
      leases: leasesOf(process, this.#store, this.network),
      servers: this.#list,
      clock: process.clock,
      random: this.random,
      connect: ({ name }) => this.#game(name).connect(process),
      onEvent: (event) => {
        if (event.type !== 'command') return
        if (event.epoch < (this.#epochs.get(event.server) ?? 0)) this.overtaken.push(event.text)
        const key = `${event.server} ${event.epoch}`
        this.owners.set(key, (this.owners.get(key) ?? new Set()).add(id))
      },
    })
    worker.start()
    this.members.push({ process, worker })
  }

  /** Sends a command with a text of its own, and notes how it ends. */
  async command(server = `server-${Math.floor(this.random() * SERVERS)}`): Promise<void> {
    const resend = this.random() < 0.3
    const timeoutMs = 2_000 + Math.floor(this.random() * 10_000)
    const text = `do ${this.asked++}`
    const begun = this.user.clock.now()
    const outcome = await (
      this.directory.get(server)?.sendCommand(text, { resend, timeoutMs }) ?? Promise.resolve('')
    )
      .then(() => 'answered')
      .catch((error: { outcome?: string; code?: string }) => error.outcome ?? error.code ?? String(error))
    this.endings.push({ text, server, resend, outcome, tookMs: this.user.clock.now() - begun, timeoutMs })
  }

  /** The workers that own a server, of those that run. */
  ownersOf(server: string): readonly string[] {
    return this.running.filter(({ worker }) => worker.owned.has(server)).map(({ worker }) => worker.id)
  }

  executions(text: string): number {
    return [...this.games.values()].reduce((sum, { executed }) => sum + (executed.get(text) ?? 0), 0)
  }

  #game(name: string): VirtualGame {
    const game = this.games.get(name)
    if (game === undefined) throw new Error(`there is no ${name}`)
    return game
  }

  #newProcess(): VirtualProcess {
    return new VirtualProcess(this.clock, 1 + (2 * this.random() - 1) * MOST_DRIFT, this.random)
  }
}

export { LEASE_MS, SERVERS }
