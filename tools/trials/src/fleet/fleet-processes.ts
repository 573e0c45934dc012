import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WorkerLog } from './worker-log.js'

const GAMES = fileURLToPath(new URL('games-process.js', import.meta.url))
const BIN = fileURLToPath(new URL('../../../../packages/fleet/dist/bin.js', import.meta.url))
const PAUSE_MS = 50
const LOOPBACK = '127.0.0.1'

/** What the simulated servers report. */
export interface GamesReport {
  /** How often each command was executed. */
  readonly executed: Readonly<Record<string, number>>
  /** The ports from which clients are logged in to each server, in the order of the servers. */
  readonly logins: readonly (readonly number[])[]
}

/** The processes of a fleet on this machine, with one folder for what they keep. */
export class FleetProcesses {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'bercon-soak-'))
  readonly log: WorkerLog = new WorkerLog()
  readonly workers: Map<string, ChildProcess> = new Map<string, ChildProcess>()
  readonly #port: number
  readonly #leaseMs: number
  #nats: ChildProcess | undefined
  #games: ChildProcess | undefined

  private constructor(port: number, leaseMs: number) {
    this.#port = port
    this.#leaseMs = leaseMs
  }

  /** @param host The address of NATS; workers may name others under which they reach it. */
  static async start(leaseMs: number, host: string = LOOPBACK): Promise<FleetProcesses> {
    const processes = new FleetProcesses(await freePort(), leaseMs)
    writeFileSync(
      join(processes.folder, 'nats.conf'),
      `host: ${host}\nport: ${processes.#port}\njetstream { store_dir: "${processes.folder}/js" }\n`,
    )
    writeFileSync(join(processes.folder, 'fleet.key'), `${'07'.repeat(32)}\n`, { mode: 0o600 })
    await processes.startNats()
    return processes
  }

  get url(): string {
    return `nats://${LOOPBACK}:${this.#port}`
  }

  get gamesPid(): number {
    return this.#games?.pid ?? 0
  }

  get natsPid(): number {
    return this.#nats?.pid ?? 0
  }

  async startNats(): Promise<void> {
    const command = process.env['NATS_SERVER'] ?? 'nats-server'
    this.#nats = spawn(command, ['-c', join(this.folder, 'nats.conf')], { stdio: 'ignore' })
    this.#nats.once('error', (error) => {
      console.error(`cannot start ${command}: ${error.message}`)
      process.exit(1)
    })
    await listening(this.#port)
  }

  async stopNats(): Promise<void> {
    await killed(this.#nats, 'SIGKILL')
  }

  /** @param host Under which it reaches NATS. */
  startWorker(id: string, host: string = LOOPBACK): void {
    const file = join(this.folder, `${id}.toml`)
    writeFileSync(
      file,
      `nats = "nats://${host}:${this.#port}"\nkey-file = "fleet.key"\nlease-ms = ${this.#leaseMs}\n[worker]\nhandovers-per-second = 20\n`,
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
    for (const child of [...this.workers.values(), this.#games, this.#nats]) child?.kill('SIGKILL')
  }

  async end(): Promise<void> {
    for (const worker of this.workers.values()) await killed(worker, 'SIGKILL')
    await killed(this.#games, 'SIGKILL')
    await this.stopNats()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function killed(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection({ port, host: '127.0.0.1' })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    } finally {
      socket.destroy()
    }
  }
}
