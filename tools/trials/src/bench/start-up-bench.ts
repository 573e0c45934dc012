import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Figure } from './rounds.js'
import { median } from './rounds.js'

const ROUNDS = 15
const BARE = 'node -e 0'
const BIN = fileURLToPath(new URL('./dist/bin.js', import.meta.resolve('@bercon/cli/package.json')))

/** What is started, by what the table calls it; the last one loads everything that a login needs, and logs in nowhere. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  [BARE]: ['-e', '0'],
  'bercon --help': [BIN, '--help'],
  'bercon players': [BIN, 'players', '--game', 'battleye', '--port', '0'],
}

/** From the start of a process to its end: the command line beside a bare Node. */
export async function startUpBench(): Promise<readonly Figure[]> {
  const rounds: Record<string, number>[] = []
  // The first round is for warming up.
  for (let round = 0; round <= ROUNDS; round++) {
    const times: Record<string, number> = {}
    for (const [name, args] of Object.entries(STARTS)) times[name] = await startMs(args)
    rounds.push(times)
  }
  const measured = rounds.slice(1)
  const ms = (round: Readonly<Record<string, number>>, name: string) => round[name] ?? Number.NaN
  return Object.keys(STARTS).flatMap((what) => [
    { what, figure: median(measured.map((round) => ms(round, what))), unit: 'ms from start to end' },
    {
      what,
      figure: median(measured.map((round) => ms(round, what) - ms(round, BARE))),
      unit: `ms more than ${BARE}`,
      ...(what.includes('--help') ? { goal: 'less than 120' } : {}),
    },
  ])
}

async function startMs(args: readonly string[]): Promise<number> {
  const start = performance.now()
  await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close')
  return performance.now() - start
}
