import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CallOptions, errorToData, withoutPassword } from '@bercon/client'
import { EXIT, exitCodeOf } from '../exit-codes.js'
import type { Column, Listing } from '../output/listing.js'
import { manyLines, oneLine } from '../output/safe-text.js'
import { reportError } from '../report.js'
import type { Connected, Work } from '../server/connected.js'
import { checkSeconds } from '../settings/checks.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon exec`; times are in seconds. */
export interface ExecFlags extends Pick<ConnectionFlags, 'passwordStdin'> {
  readonly resend?: boolean
  readonly every?: string
  readonly times?: string
  readonly pause?: string
  readonly verbose?: boolean
}

interface Executed {
  readonly command: string
  readonly reply: string | undefined
  /** The error's code and text. */
  readonly code: string | undefined
  readonly error: string | undefined
}

const COLUMNS: readonly Column<Executed>[] = [
  { key: 'command', heading: 'Command', value: ({ command }) => command },
  { key: 'reply', heading: 'Reply', value: ({ reply }) => reply },
  { key: 'code', heading: 'Code', value: ({ code }) => code },
  { key: 'error', heading: 'Error', value: ({ error }) => error },
]

// They only ask, so that asking again is harmless.
const READING = /^(players|bans|admins|missions|version|commands)$/i

/** `bercon exec`: each argument is one command, or each line of standard input; once, or again and again. */
export function exec(commands: readonly string[], flags: ExecFlags): Work {
  const fromStdin = commands.length === 0 || (commands.length === 1 && commands[0] === '-')
  if (fromStdin && flags.passwordStdin === true)
    throw new UsageError('standard input cannot hold both the password and the commands')
  if (commands.length === 0 && process.stdin.isTTY)
    throw new UsageError('no command: give one or more, each in quotes, or pipe them in, one a line')
  if (fromStdin && flags.every !== undefined)
    throw new UsageError('standard input can be read only once: give the commands as arguments with --every')
  const { everyMs, times } = roundsOf(flags)
  let lines: Promise<readonly string[]> | undefined
  const given = ({ call, server }: Connected) => {
    if (!fromStdin) return commands
    if (server === undefined) return linesOfStdin(call.signal)
    // Every server gets the same lines, which can be read only once.
    lines ??= allOf(linesOfStdin(call.signal))
    return lines
  }
  return async (connected) => {
    const { signal } = connected.call
    let exitCode: number = EXIT.done
    for (let round = 0; round < times; round++) {
      if (round > 0) await sleep(everyMs, undefined, { signal })
      const failed = await executeAll(
        await given(connected),
        commands.length > 1 || fromStdin,
        connected,
        flags,
      )
      if (exitCode === EXIT.done) exitCode = failed
    }
    return exitCode
  }
}

function roundsOf({ every, times }: ExecFlags): { readonly everyMs: number; readonly times: number } {
  if (every === undefined) {
    if (times !== undefined) throw new UsageError('--times is for --every, which says how often')
    return { everyMs: 0, times: 1 }
  }
  const everyMs = checkSeconds('--every', every)
  if (times === undefined) return { everyMs, times: Number.POSITIVE_INFINITY }
  if (/^[1-9]\d{0,8}$/.test(times)) return { everyMs, times: Number(times) }
  throw new UsageError('--times must be a whole number from 1')
}

/** Carries the commands out one after the other, and gives the exit code of the first that failed. */
async function executeAll(
  commands: AsyncIterable<string> | Iterable<string>,
  areMany: boolean,
  connected: Connected,
  flags: ExecFlags,
): Promise<number> {
  const { settings, call, results } = connected
  const { format } = settings
  const pauseMs = flags.pause === undefined ? 0 : checkSeconds('--pause', flags.pause)
  const executed: Executed[] = []
  let exitCode: number = EXIT.done
  let isFirst = true
  for await (const command of commands) {
    if (!isFirst) await sleep(pauseMs, undefined, call)
    isFirst = false
    const { result, error } = await execute(command, connected, flags.resend === true)
    if (format === 'ndjson') await results.list(listingOf([result]), { format })
    else if (format === 'raw') results.writeExactly(endedLine(result.reply ?? ''))
    else if (format === 'table') results.write(shownReply(result, areMany))
    else executed.push(result)
    if (error === undefined) continue
    call.signal.throwIfAborted()
    reportError(error, flags.verbose === true, results.note)
    if (exitCode === EXIT.done) exitCode = exitCodeOf(error)
  }
  if (executed.length > 0) await results.list(listingOf(executed), { format })
  return exitCode
}

async function allOf(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

async function* linesOfStdin(signal: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal })
  for await (const line of lines) if (line.trim() !== '') yield line
}

async function execute(
  text: string,
  { client, call }: Connected,
  resend: boolean,
): Promise<{ readonly result: Executed; readonly error?: unknown }> {
  const command = withoutPassword(text)
  try {
    const options: CallOptions & { resend: boolean } = { ...call, resend: resend || READING.test(text) }
    const reply = await client.sendCommand(text, options)
    return { result: { command, reply, code: undefined, error: undefined } }
  } catch (error) {
    const { code, message } = errorToData(error)
    return { result: { command, reply: undefined, code, error: message }, error }
  }
}

function listingOf(rows: readonly Executed[]): Listing<Executed> {
  return { columns: COLUMNS, rows, raw: undefined, whenEmpty: '' }
}

function shownReply({ command, reply = '' }: Executed, isOneOfMany: boolean): string {
  const heading = isOneOfMany ? `> ${oneLine(command)}\n` : ''
  return heading + endedLine(manyLines(reply))
}

function endedLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
