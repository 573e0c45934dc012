import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { CaseNeed } from './case.js'
import { adapterProcess } from './client-kit/adapter-process.js'
import { CLIENT_CASES } from './client-kit/client-cases.js'
import { addressOf } from './probe-socket.js'
import { detailsOf, hasFailed, lineOf, summaryOf } from './report.js'
import { type CaseResult, type RunOptions, runClientCases, runServerCases } from './run-cases.js'
import { SERVER_CASES } from './server-kit/server-cases.js'

const USAGE = `Tries any client or server of BattlEye RCON against the rules of the protocol.

bercon-conformance server HOST PORT --password-file FILE [options]
bercon-conformance client [options] -- COMMAND [ARGUMENT...]
bercon-conformance list

  --password-file FILE  file whose first line is the server's RCON password
  --slow                also the cases that take a minute or more
  --may-change          also the cases that players can see (a line spoken to everybody)
  --remote              allow a server that is not on this machine
  --only ID,ID          only these cases
  --strict              fail also for a rule that a peer should keep
  --json                one JSON object per case
  --one-at-a-time       the client takes no order while it carries out another, as a blocking one
  --at-once N           clients at the same time (default 4)

Exits with 0 if the peer keeps every rule that it must keep, 1 if not, 2 for a mistake on the command line.
`

/** Where the program writes. */
export interface Output {
  readonly print: (text: string) => void
  readonly note: (text: string) => void
}

/** A mistake on the command line. */
export class UsageError extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const FLAGS = {
  'password-file': { type: 'string' },
  slow: { type: 'boolean' },
  'may-change': { type: 'boolean' },
  remote: { type: 'boolean' },
  only: { type: 'string' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
  'one-at-a-time': { type: 'boolean' },
  'at-once': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

type Flags = ReturnType<typeof parsed>['values']

/** Runs the program and gives its exit code. @throws {@link UsageError} for a mistake on the command line. */
export async function runProgram(args: readonly string[], output: Output): Promise<number> {
  const end = args.indexOf('--')
  const { values, positionals } = parsed(end < 0 ? args : args.slice(0, end))
  const [mode, ...rest] = positionals
  if (values.help === true) {
    output.print(USAGE)
    return 0
  }
  if (mode === 'list') return list(output)
  const results = await resultsOf(mode, rest, end < 0 ? [] : args.slice(end + 1), values, output)
  return conclude(results, values, output)
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true })
  } catch (error) {
    // Node's next sentence is about something else.
    throw new UsageError(messageOf(error).split('. ')[0])
  }
}

async function resultsOf(
  mode: string | undefined,
  rest: readonly string[],
  command: readonly string[],
  flags: Flags,
  output: Output,
): Promise<readonly CaseResult[]> {
  const options = runOptions(flags, output, mode === 'server' ? SERVER_CASES : CLIENT_CASES)
  if (mode === 'server') return tryServer(rest, flags, options, output)
  if (mode !== 'client') throw new UsageError('say "server", "client" or "list"; --help shows how')
  const [file, ...args] = command
  if (file === undefined || rest.length > 0) throw new UsageError('the command of the adapter follows "--"')
  output.note('Starts the adapter for each case, and a server for it on 127.0.0.1.')
  return runClientCases(adapterProcess(file, args), options)
}

async function tryServer(
  [host, port, ...more]: readonly string[],
  flags: Flags,
  options: RunOptions,
  output: Output,
): Promise<readonly CaseResult[]> {
  const number = Number(port)
  if (host === undefined || more.length > 0 || !Number.isInteger(number) || number < 1 || number > 65_535)
    throw new UsageError('"server" needs a host and a port from 1 to 65535')
  const password = readPassword(flags['password-file'])
  const address = await addressOf(host).catch(() => {
    throw new UsageError(`no address is known for ${host}`)
  })
  const isLoopback = /^(?:127\.|::1$)/.test(address)
  if (!isLoopback && flags.remote !== true)
    throw new UsageError(`${host} is not this machine; --remote says that you may try it`)
  const wrongLogins = 'six logins with a wrong password, which some servers answer with a ban of this address'
  const change =
    flags['may-change'] === true ? ' It says one line to all players.' : ' Nothing changes the server.'
  output.note(
    `Sends some 1,500 small datagrams: some 50 logins, ${wrongLogins}, and the commands players, bans, admins, ` +
      `missions, version and some that no server knows.${change} Each login stays listed for 45 s.`,
  )
  return runServerCases({ endpoint: { address, port: number }, password }, options)
}

function readPassword(file: string | undefined): string {
  if (file === undefined) throw new UsageError('--password-file is missing')
  try {
    // Editors of Windows begin a file with a mark of its encoding.
    return passwordIn(file, readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot read ${file}: ${messageOf(error)}`)
  }
}

function passwordIn(file: string, content: string): string {
  const password = (content.split('\n')[0] ?? '').replace(/\r$/, '')
  if (password === '') throw new UsageError(`the first line of ${file} is empty; write the password there`)
  if (password.includes('\0'))
    throw new UsageError(`the password in ${file} contains a NUL character; remove it`)
  return password
}

// The option that allows what a case needs.
const NEEDED_OPTIONS = { time: '--slow', change: '--may-change' } as const

interface ListedCase {
  readonly id: string
  readonly needs?: CaseNeed
}

function runOptions(flags: Flags, output: Output, cases: readonly ListedCase[]): RunOptions {
  const allow: CaseNeed[] = [
    ...(flags['one-at-a-time'] === true ? [] : (['concurrency'] as const)),
    ...(flags.slow === true ? (['time'] as const) : []),
    ...(flags['may-change'] === true ? (['change'] as const) : []),
  ]
  const only = (flags.only?.split(',') ?? []).map((id) => id.trim()).filter((id) => id !== '')
  for (const id of only) checkCase(id, cases, allow)
  const atOnce = Number(flags['at-once'] ?? 4)
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > 64)
    throw new UsageError('--at-once must be a number from 1 to 64')
  const onResult = (result: CaseResult) =>
    output.print(flags.json === true ? `${JSON.stringify(result)}\n` : `${lineOf(result)}\n`)
  return { allow, only, atOnce, onResult }
}

/** A case that was asked for and does not run would look like one that is right. */
function checkCase(id: string, cases: readonly ListedCase[], allow: readonly CaseNeed[]): void {
  const listed = cases.find((each) => each.id === id)
  if (listed === undefined) throw new UsageError(`there is no case "${id}"; "list" shows all`)
  const { needs } = listed
  if (needs === undefined || allow.includes(needs)) return
  if (needs === 'concurrency') throw new UsageError(`the case "${id}" cannot run with --one-at-a-time`)
  throw new UsageError(`the case "${id}" needs ${NEEDED_OPTIONS[needs]}`)
}

function conclude(results: readonly CaseResult[], flags: Flags, output: Output): number {
  if (flags.json !== true) {
    for (const each of results) if (each.verdict === 'wrong') output.print(`\n${detailsOf(each)}\n`)
    output.print(`\n${summaryOf(results)}\n`)
  }
  return hasFailed(results, flags.strict === true) ? 1 : 0
}

function list(output: Output): number {
  for (const [mode, cases] of [
    ['server', SERVER_CASES],
    ['client', CLIENT_CASES],
  ] as const)
    for (const { id, rule, level, title, needs } of cases)
      output.print(
        `${[mode, level.padEnd(8), rule.padEnd(9), id.padEnd(30), title, needs ? `(${needs})` : ''].join('  ').trimEnd()}\n`,
      )
  return 0
}
