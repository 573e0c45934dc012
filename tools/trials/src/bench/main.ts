import { cpus, loadavg } from 'node:os'
import { markdownTable } from 'markdown-table'
import { bulkBench } from './bulk-bench.js'
import { codecBench } from './codec-bench.js'
import { gatewayBench } from './gateway-bench.js'
import { instructionBench } from './instruction-bench.js'
import { parseBench } from './parse-bench.js'
import type { Figure } from './rounds.js'
import { rxBench } from './rx-bench.js'
import { scaleBench } from './scale-bench.js'
import { startUpBench } from './start-up-bench.js'
import { syncBench } from './sync-bench.js'
import { udpBench } from './udp-bench.js'

const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  codec: codecBench,
  parse: parseBench,
  udp: udpBench,
  gateway: gatewayBench,
  rx: rxBench,
  sync: syncBench,
  start: startUpBench,
  scale: scaleBench,
  bulk: bulkBench,
  instructions: instructionBench,
}

// It takes minutes, and its figures are the same on every run.
const BY_NAME_ONLY = 'instructions'

const usual = Object.keys(BENCHES).filter((name) => name !== BY_NAME_ONLY)
const names = process.argv.length > 2 ? process.argv.slice(2) : usual
const figures: Figure[] = []
for (const name of names) {
  const bench = BENCHES[name]
  if (bench === undefined) throw new Error(`no bench ${name}: there are ${Object.keys(BENCHES).join(', ')}`)
  console.error(`${name} …`)
  figures.push(...(await bench()))
}

const load = loadavg()[0]?.toFixed(1)
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load}\n`)
const rows = figures.map(({ what, figure, unit, goal = '' }) => [what, shown(figure), unit, goal])
console.log(markdownTable([['what', 'figure', 'unit', 'goal'], ...rows], { align: ['l', 'r'] }))

function shown(figure: number): string {
  return figure < 100 ? figure.toFixed(2) : Math.round(figure).toLocaleString('en')
}
