import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type NatsOptions, NatsServers } from './nats-servers.js'
import { WorkerLog } from './worker-log.js'

const GAMES = fileURLToPath(new URL('games-process.js', import.meta.url))
const BIN = fileURLToPath(new URL('../../../../packages/fleet/dist/bin.js', import.meta.url))

/** What the simulated servers report. */
export interface GamesReport {
  /** How often each command was executed. */
  readonly executed: Readonly<Record<string, number>>
  /** The ports from which clients are logged in to each server, in the order of the servers. */
  readonly logins: readonly (readonly number[])[]
}

/** What the workers of a fleet have in their files. */
export interface FleetSettings {
  readonly leaseMs: number
  readonly replicas: number
}

/** The processes of a fleet on this machine, with one folder for what they keep. */
export class FleetProcesses {
  readonly folder: string
  readonly log: WorkerLog = new WorkerLog()
  readonly workers: Map<string, ChildProcess> = new Map<string, ChildProcess>()
  readonly nats: NatsServers
  readonly #settings: FleetSettings
  #games: ChildProcess | undefined

  private constructor(folder: string, nats: NatsServers, settings: FleetSettings) {
    this.folder = folder
    this.nats = nats
    this.#settings = settings
  }

  /** @param nats How many servers of NATS; workers may name other addresses under which they reach them. */
  static async start(settings: FleetSettings, nats: Omit<NatsOptions, 'folder'>): Promise<FleetProcesses> {
    const folder = mkdtempSync(join(tmpdir(), 'bercon-soak-'))
    writeFileSync(join(folder, 'fleet.key'), `${'07'.repeat(32)}\n`, { mode: 0o600 })
    return new FleetProcesses(folder, await NatsServers.start({ folder, ...nats }), settings)
  }

  get gamesPid(): number {
    return this.#games?.pid ?? 0
  }

  /** @param url Where it reaches NATS. */
  startWorker(id: string, url: string = this.nats.url()): void {
    const file = join(this.folder, `${id}.toml`)
    const { leaseMs, replicas } = this.#settings
    writeFileSync(
      file,
      `nats = "${url}"\nkey-file = "fleet.key"\nlease-ms = ${leaseMs}\nreplicas = ${replicas}\n[worker]\nhandovers-per-second = 20\n`,
    )
    const worker = spawn(process.execPath, [BIN, 'worker', file, '--id', id], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.log.follow(id, worker.stderr)
    this.workers.set(id, worker)
  }

  pidOf(id: string): number {
    return this.workers.get(id)?.pid ?? 0
  }

  async killWorker(id: string): Promise<void> {
    await killed(this.workers.get(id), 'SIGKILL')
    this.workers.delete(id)
  }

  /** Ends a worker after it has handed its servers over. */
  async stopWorker(id: string): Promise<void> {
    await killed(this.workers.get(id), 'SIGTERM')
    this.workers.delete(id)
  }

  /** Starts simulated servers; returns their ports. */
  async startGames(count: number, lineMs: number): Promise<readonly number[]> {
    const games = fork(GAMES, [String(count), String(lineMs)])
    this.#games = games
    const [{ ports }] = (await once(games, 'message')) as [{ ports: readonly number[] }]
    return ports
  }

  /** What the simulated servers have executed, and who is logged in to them. */
  async gamesReport(): Promise<GamesReport> {
    const games = this.#games
    if (games === undefined) return { executed: {}, logins: [] }
    games.send('report')
    const [report] = (await once(games, 'message')) as [GamesReport]
    return report
  }

  /** Kills all of them at once, where nobody can wait. */
  kill(): void {
    for (const child of [...this.workers.values(), this.#games]) child?.kill('SIGKILL')
    this.nats.killAll()
  }

  async end(): Promise<void> {
    for (const worker of this.workers.values()) await killed(worker, 'SIGKILL')
    await killed(this.#games, 'SIGKILL')
    await this.nats.end()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function killed(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}
