import { loadavg } from 'node:os'
import { auditRun } from './audit-run.js'
import { fanOutRun } from './fan-out-run.js'
import { reloadRun } from './reload-run.js'

// `pnpm soak:gateway`: a gateway on loopback, with what a day brings in a minute. Exits with 1 if it finds a fault.
const COMMANDS_PER_SECOND = 1_000
const [commands = 10_000, reloads = 100, peers = 500] = process.argv.slice(2).map(Number)

const audit = await auditRun(commands)
console.log('audit', audit)
const reload = await reloadRun(reloads, COMMANDS_PER_SECOND)
console.log('reload', reload)
const fanOut = await fanOutRun(peers, 20, 5)
console.log('fan-out', fanOut)
console.log(`load ${loadavg()[0]?.toFixed(1)}`)

const faults =
  audit.executedWithoutLine +
  audit.answeredButNotExecuted +
  audit.notSentButExecuted +
  audit.withoutOutcome +
  audit.executedTwice +
  Object.values(reload.failuresOfThoseWhoStayed).reduce((sum, count) => sum + count, 0) +
  reload.loginsLost +
  reload.sentOfRemovedUsers +
  fanOut.lost +
  fanOut.slow
console.log(faults === 0 ? 'no fault found' : `${faults} faults found`)
process.exitCode = faults === 0 ? 0 : 1
