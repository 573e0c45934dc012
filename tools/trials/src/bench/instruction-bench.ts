import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './rounds.js'

const RUNS = fileURLToPath(new URL('./instruction-runs.js', import.meta.url))
// Without threads of its own, V8 compiles and collects in the same order on every run.
const NODE_FLAGS = ['--single-threaded']
const VALGRIND_FLAGS = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null']
const TOTAL = /I +refs: +([0-9,]+)/

interface Run {
  readonly what: string
  /** Two lengths: their difference has neither the start nor the compilation. */
  readonly counts: readonly [number, number]
}

const FLOOR = 'commandFloor'

const ALL: Readonly<Record<string, Run>> = {
  [FLOOR]: { what: 'a promise and the peer, without a client', counts: [60_000, 120_000] },
  commandCodec: { what: 'a promise, the peer and the codec', counts: [60_000, 120_000] },
  command: { what: 'a command, from the call to the settled promise', counts: [60_000, 120_000] },
  message: { what: 'a message, to a listener of chat', counts: [30_000, 60_000] },
  players: { what: 'fetchPlayers of 64 rows', counts: [1_000, 2_000] },
}
const GOAL = 'at most 8,500'

/** Instructions of single operations, counted by valgrind; nothing where that is not installed. */
export async function instructionBench(): Promise<readonly Figure[]> {
  if (spawnSync('valgrind', ['--version']).error !== undefined) {
    console.error('valgrind is not installed, so no instructions are counted')
    return []
  }
  const counted = Object.entries(ALL).map(([name, run]) => [name, perItem(name, run)] as const)
  const floor = counted.find(([name]) => name === FLOOR)?.[1] ?? Number.NaN
  return counted.flatMap(([name, figure]) => {
    const { what = name } = ALL[name] ?? {}
    const whole = { what, figure, unit: 'instructions' }
    if (name !== 'command') return [whole]
    return [
      whole,
      { what: `${what}, less the floor`, figure: figure - floor, unit: 'instructions', goal: GOAL },
    ]
  })
}

function perItem(name: string, { counts: [few, many] }: Run): number {
  return (instructions(name, many) - instructions(name, few)) / (many - few)
}

function instructions(name: string, count: number): number {
  const args = [...VALGRIND_FLAGS, process.execPath, ...NODE_FLAGS, RUNS, name, String(count)]
  // Valgrind writes what it counted to standard error.
  const { stderr } = spawnSync('valgrind', args, { encoding: 'utf8' })
  const [, total] = TOTAL.exec(stderr) ?? []
  if (total === undefined) throw new Error(`valgrind counted nothing of ${name}: ${stderr.slice(-500)}`)
  return Number(total.replaceAll(',', ''))
}
