// @ts-nocheck
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions } from '@bercon/client'
import { errorToData, withoutPassword } from '@bercon/core/kit'
import { EXIT, exitCodeOf } from '../exit-codes.js'
import type { Column, Listing } from '../output/listing.js'
import { manyLines, oneLine } from '../output/safe-text.js'
import { reportError } from '../report.js'
import type { Connected } from './connected.js'

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

/** How the commands are sent. */
export interface Sending {
  /** Whether each is sent again until it is answered. */
  readonly resend: boolean
  readonly pauseMs: number
  /** Whether there are several, so that each reply needs a heading. */
  readonly areMany: boolean
  readonly isVerbose: boolean
}

/** Runs the commands one after the other, and returns the exit code of the first failure. */
export async function executeAll(
  commands: AsyncIterable<string> | Iterable<string>,
  { resend, pauseMs, areMany, isVerbose }: Sending,
  connected: Connected,
): Promise<number> {
  const { settings, call, results } = connected
  const { format } = settings
  const executed: Executed[] = []
  let exitCode: number = EXIT.done
  let isFirst = true
  for await (const command of commands) {
    if (!isFirst) await sleep(pauseMs, undefined, call)
    isFirst = false
    const { result, error } = await execute(command, connected, resend)
    if (format === 'ndjson') await results.list(listingOf([result]), { format })
    else if (format === 'raw') results.writeExactly(endedLine(result.reply ?? ''))
    else if (format === 'table') results.write(shownReply(result, areMany))
    else executed.push(result)
    if (error === undefined) continue
    call.signal.throwIfAborted()
    reportError(error, isVerbose, results.note)
    if (exitCode === EXIT.done) exitCode = exitCodeOf(error)
  }
  if (executed.length > 0) await results.list(listingOf(executed), { format })
  return exitCode
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
