import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startSimulator } from '@bercon/simulator'
import type { Figure } from './rounds.js'
import { median } from './rounds.js'

const RUNS = fileURLToPath(new URL('./bulk-runs.js', import.meta.url))
const BIN = fileURLToPath(new URL('./dist/bin.cjs', import.meta.resolve('@bercon/cli/package.json')))
const ROUNDS = 5
const BANS = 2_000
const PASSWORD = 'hunter2'

interface Cost {
  readonly ms: number
  readonly cpuMs: number
  readonly maxRssMb: number
}

const run = promisify(execFile)

/** What is asked for in bulk: time, CPU and memory of a process for each. */
export async function bulkBench(): Promise<readonly Figure[]> {
  const jobs: Readonly<Record<string, () => Promise<Cost>>> = {
    'fetchBans of 100,000 rows': () => runOf('bans'),
    'logins to 1,000 servers': logIn,
    'bercon bans apply of 2,000 bans': applyBans,
  }
  const costs = new Map(Object.keys(jobs).map((what) => [what, [] as Cost[]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const [what, job] of Object.entries(jobs)) costs.get(what)?.push(await job())
  return [...costs].flatMap(([what, all]) => [
    { what, figure: median(all.map(({ ms }) => ms)), unit: 'ms' },
    { what, figure: median(all.map(({ cpuMs }) => cpuMs)), unit: 'ms of CPU of the process' },
    { what, figure: median(all.map(({ maxRssMb }) => maxRssMb)), unit: 'MB of memory at most' },
  ])
}

/** At a server of its own: that of the round before still waits for the clients that have left. */
async function logIn(): Promise<Cost> {
  const server = fork(new URL('./scale-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const cost = await runOf('logins', String(port))
  server.disconnect()
  return cost
}

async function runOf(...args: readonly string[]): Promise<Cost> {
  const { stdout } = await run(process.execPath, [RUNS, ...args])
  return JSON.parse(stdout) as Cost
}

// What bash knows of the process: user's and system's time in seconds.
const TIMED = 'TIMEFORMAT="%3U %3S"; time "$@" > /dev/null'
// The last line of a process that reports its own memory.
const TELL_MEMORY =
  "process.on('exit', () => process.stderr.write(process.resourceUsage().maxRSS + String.fromCharCode(10)))"

async function applyBans(): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-bulk-'))
  const file = join(folder, 'bans.txt')
  const lines = Array.from({ length: BANS }, (_, id) => `${id.toString(16).padStart(32, '0')} -1 case ${id}`)
  writeFileSync(file, `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'memory.mjs'), TELL_MEMORY)
  const simulator = await startSimulator({ password: PASSWORD, bots: false })
  const args = [`--import=${join(folder, 'memory.mjs')}`, BIN, 'bans', 'apply', file, '--yes']
  const target = ['--game', 'battleye', '--port', String(simulator.port)]
  const start = performance.now()
  const { stderr } = await run('bash', ['-c', TIMED, 'bash', process.execPath, ...args, ...target], {
    env: { ...process.env, RCON_PASSWORD: PASSWORD },
  })
  const ms = performance.now() - start
  const { length } = simulator.world.bans
  await simulator.close()
  rmSync(folder, { recursive: true })
  if (length !== BANS) throw new Error(`${length} bans of ${BANS} at the server: ${stderr}`)
  const [kilobytes = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr
    .trim()
    .split(/\s+/)
    .slice(-3)
    .map(Number)
  return { ms, cpuMs: (user + system) * 1_000, maxRssMb: kilobytes / 1_024 }
}
