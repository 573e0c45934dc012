// `pnpm test:runtimes [runtime …]`: tries each runtime, and ends with a table of what was run.
import { chooseRuntimes, UnknownRuntimeError } from './choice.js'
import { runToEnd } from './ended-process.js'
import type { Job, Runtime } from './runtime.js'
import { RUNTIMES } from './runtimes.js'
import { table } from './table.js'
import { judge, seconds } from './verdict.js'

const VERSION_LIMIT_MS = 300_000

type Row = readonly [runtime: string, version: string, what: string, result: string, seconds: string]

const rows: Row[] = [['Runtime', 'Version', 'What was run', 'Result', 'Seconds']]

async function tryRuntime({ name, command, version: versionCommand, remedy, jobs }: Runtime): Promise<void> {
  if (command === undefined) return fail([name, '', '', `not found: ${remedy}`, ''])
  // The first call fetches the runtime, so that no job's time holds that.
  const { output, code } = await runToEnd(versionCommand, VERSION_LIMIT_MS)
  const version = /\d+(?:\.\d+)+/.exec(output.split('\n').findLast((line) => /\d\.\d/.test(line)) ?? '')?.[0]
  if (code !== 0 || version === undefined) return fail([name, '', '', 'does not start', ''], output)
  for (const job of jobs) await runJob(name, version, command, job)
}

async function runJob(name: string, version: string, command: readonly string[], job: Job): Promise<void> {
  const { what, program, limitMs } = job
  console.log(`${name} ${version}: ${what} …`)
  const ended = await runToEnd([...command, ...program], limitMs)
  const { isGood, words } = judge(ended)
  const row: Row = [name, version, what, words, seconds(ended.ms)]
  if (!isGood) return fail(row, ended.output)
  rows.push(row)
  console.log(`  ${words}, ${seconds(ended.ms)} s`)
}

function fail(row: Row, output = ''): void {
  const [name, version, what, words] = row
  process.exitCode = 1
  rows.push([name, version, what, `FAILED: ${words}`, row[4]])
  console.error(`${output}\n  FAILED ${name}: ${words}`)
}

async function main(): Promise<void> {
  for (const runtime of chooseRuntimes(RUNTIMES, process.argv.slice(2))) await tryRuntime(runtime)
  console.log(`\n${table(rows)}`)
}

await main().catch((error: unknown) => {
  process.exitCode = 1
  console.error(error instanceof UnknownRuntimeError ? error.message : error)
})
