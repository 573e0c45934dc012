// `pnpm test:runtimes [runtime …]`: tests each runtime, and ends with a table of results.
import { markdownTable } from 'markdown-table'
import { runToEnd } from '../ended-process.js'
import { chooseRuntimes, type FoundRuntime, type Job, type Runtime, UnknownRuntimeError } from './runtime.js'
import { RUNTIMES } from './runtimes.js'
import { judge, seconds } from './verdict.js'

type Row = readonly [runtime: string, version: string, what: string, result: string, seconds: string]

const rows: Row[] = [['Runtime', 'Version', 'What was run', 'Result', 'Seconds']]

async function tryRuntime({ name, find, jobs }: Runtime): Promise<void> {
  try {
    const found = await find()
    for (const job of jobs) await runJob(name, found, job)
  } catch (error) {
    const [first = '', ...others] = String(error instanceof Error ? error.message : error).split('\n')
    fail([name, '', '', first, ''], others.join('\n'))
  }
}

async function runJob(name: string, { version, command }: FoundRuntime, job: Job): Promise<void> {
  const { what, program, limitMs } = job
  console.log(`${name} ${version}: ${what} …`)
  const ended = await runToEnd([...command, ...program], { limitMs })
  const { isGood, words } = judge(ended)
  const row: Row = [name, version, what, words, seconds(ended.ms)]
  if (!isGood) return fail(row, ended.output)
  rows.push(row)
  console.log(`  ${words}, ${seconds(ended.ms)} s`)
}

function fail([name, version, what, words, time]: Row, output: string): void {
  process.exitCode = 1
  rows.push([name, version, what, `FAILED: ${words}`, time])
  console.error(`${output}\n  FAILED ${name}: ${words}`)
}

async function main(): Promise<void> {
  for (const runtime of chooseRuntimes(RUNTIMES, process.argv.slice(2))) await tryRuntime(runtime)
  console.log(`\n${markdownTable(rows)}`)
}

await main().catch((error: unknown) => {
  process.exitCode = 1
  console.error(error instanceof UnknownRuntimeError ? error.message : error)
})
