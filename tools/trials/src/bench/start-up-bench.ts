import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Figure } from './rounds.js'
import { median } from './rounds.js'

const ROUNDS = 15
const BARE = 'node -e 0'
const BIN = fileURLToPath(new URL('./dist/bin.cjs', import.meta.resolve('@bercon/cli/package.json')))
// The CPU time of a child process that bash reports, user and system, in seconds.
const TIMED = 'TIMEFORMAT="%3U %3S"; time "$@" > /dev/null 2> /dev/null'
const IMPORTED = ['protocol', 'core', 'client', 'rx', 'sync', 'server', 'simulator']
const GOALS: Readonly<Record<string, number>> = {
  'import @bercon/client': 15,
  'bercon --help': 12,
  'bercon players': 35,
  'a blocking client, from new to login': 50,
}

interface Start {
  readonly ms: number
  readonly cpuMs: number
}

/** The programs to start, by their names in the table. `players` loads everything for a login, but logs in nowhere. */
function starts(port: number): Readonly<Record<string, readonly string[]>> {
  const login = `import { SyncRconClient } from '@bercon/sync'
new SyncRconClient().connect('127.0.0.1', ${port}, 'hunter2').close()`
  return {
    [BARE]: ['-e', '0'],
    ...Object.fromEntries(
      IMPORTED.map((name) => [`import @bercon/${name}`, moduleArgs(`import '@bercon/${name}'`)]),
    ),
    'bercon --help': [BIN, '--help'],
    'bercon players': [BIN, 'players', '--game', 'battleye', '--port', '0'],
    'a blocking client, from new to login': moduleArgs(login),
  }
}

function moduleArgs(code: string): readonly string[] {
  return ['--input-type=module', '-e', code]
}

/** Whole processes compared to a bare Node process of the same round: CPU as the system reports it, and time. */
export async function startUpBench(): Promise<readonly Figure[]> {
  const server = fork(new URL('./udp-server.js', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const rounds: Readonly<Record<string, Start>>[] = []
  // The first round is a warm-up.
  for (let round = 0; round <= ROUNDS; round++) rounds.push(await startAll(starts(port)))
  server.disconnect()
  const measured = rounds.slice(1)
  return Object.keys(starts(port)).flatMap((what) => figures(what, measured))
}

async function startAll(all: Readonly<Record<string, readonly string[]>>): Promise<Record<string, Start>> {
  const times: Record<string, Start> = {}
  for (const [name, args] of Object.entries(all)) times[name] = await startOnce(name, args)
  return times
}

async function startOnce(name: string, args: readonly string[]): Promise<Start> {
  const start = performance.now()
  const bash = spawn('bash', ['-c', TIMED, 'bash', process.execPath, ...args], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, [code]] = await Promise.all([text(bash.stderr), once(bash, 'close')])
  const ms = performance.now() - start
  // Port 0 has no server.
  if (code !== 0 && name !== 'bercon players') throw new Error(`${name} ended with ${code}`)
  const [user = Number.NaN, system = Number.NaN] = said.trim().split(' ').map(Number)
  return { ms, cpuMs: (user + system) * 1_000 }
}

function figures(what: string, rounds: readonly Readonly<Record<string, Start>>[]): readonly Figure[] {
  const middle = (figure: (start: Start, bare: Start) => number) =>
    median(rounds.flatMap(({ [what]: start, [BARE]: bare }) => (start && bare ? figure(start, bare) : [])))
  if (what === BARE)
    return [
      { what, figure: middle(({ cpuMs }) => cpuMs), unit: 'ms of CPU' },
      { what, figure: middle(({ ms }) => ms), unit: 'ms from start to end' },
    ]
  const goal = GOALS[what]
  return [
    {
      what,
      figure: middle((start, bare) => start.cpuMs - bare.cpuMs),
      unit: `ms of CPU more than ${BARE}`,
      ...(goal === undefined ? {} : { goal: `at most ${goal}` }),
    },
    { what, figure: middle((start, bare) => start.ms - bare.ms), unit: `ms more than ${BARE}` },
  ]
}
