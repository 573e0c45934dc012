import { EXIT } from '../exit-codes.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addFormatOption } from '../program/options.js'
import type { Connected, Work } from '../server/connected.js'
import type { ServersFlags } from '../server/several-servers.js'
import { checkSeconds } from '../settings/checks.js'
import { UsageError } from '../usage-error.js'

/** The flags of `bercon exec`; times are in seconds. */
interface ExecFlags extends Pick<ServersFlags, 'passwordStdin' | 'verbose'> {
  readonly resend?: boolean
  readonly every?: string
  readonly times?: string
  readonly pause?: string
}

export const command: BerconCommand = {
  name: 'exec',
  about: 'send raw commands, one per argument or line of standard input',
  examples: ['bercon exec "say -1 restart in 5" players', 'bercon exec < commands.txt'],
  define: (command, { addOptions, carryOut }) => {
    addFormatOption(command.argument('[commands...]', 'commands, each in quotes; "-" is standard input'))
      .option('--resend', 'send again until answered; the command may be executed twice')
      .option('--pause <seconds>', 'pause between two commands')
      .option('--every <seconds>', 'repeat every N seconds')
      .option('--times <number>', 'number of runs with --every (default: until Ctrl-C)')
      .action((commands: string[], flags: ServersFlags & ExecFlags) =>
        carryOut(flags, () => exec(commands, flags)),
      )
    addOptions(command)
  },
}

/** `bercon exec`: each argument is one command, or each line of standard input; once, or repeatedly. */
export function exec(commands: readonly string[], flags: ExecFlags): Work {
  const fromStdin = commands.length === 0 || (commands.length === 1 && commands[0] === '-')
  if (fromStdin && flags.passwordStdin === true)
    throw new UsageError('standard input cannot contain both the password and the commands')
  if (commands.length === 0 && process.stdin.isTTY)
    throw new UsageError('no command: pass one or more, each in quotes, or pipe them in, one on each line')
  if (fromStdin && flags.every !== undefined)
    throw new UsageError('standard input can be read only once: with --every, pass the commands as arguments')
  const { everyMs, times } = roundsOf(flags)
  let lines: Promise<readonly string[]> | undefined
  const given = ({ call, server }: Connected) => {
    if (!fromStdin) return commands
    if (server === undefined) return linesOfStdin(call.signal)
    // Every server gets the same lines, which can be read only once.
    lines ??= allOf(linesOfStdin(call.signal))
    return lines
  }
  const sending = {
    resend: flags.resend === true,
    pauseMs: flags.pause === undefined ? 0 : checkSeconds('--pause', flags.pause),
    areMany: commands.length > 1 || fromStdin,
    isVerbose: flags.verbose === true,
  }
  return async (connected) => {
    const [{ executeAll }, { setTimeout: sleep }] = await Promise.all([
      import('../server/executed-commands.js'),
      import('node:timers/promises'),
    ])
    const { signal } = connected.call
    let exitCode: number = EXIT.done
    for (let round = 0; round < times; round++) {
      if (round > 0) await sleep(everyMs, undefined, { signal })
      const failed = await executeAll(await given(connected), sending, connected)
      if (exitCode === EXIT.done) exitCode = failed
    }
    return exitCode
  }
}

function roundsOf({ every, times }: ExecFlags): { readonly everyMs: number; readonly times: number } {
  if (every === undefined) {
    if (times !== undefined) throw new UsageError('--times needs --every, which sets the interval')
    return { everyMs: 0, times: 1 }
  }
  const everyMs = checkSeconds('--every', every)
  if (times === undefined) return { everyMs, times: Number.POSITIVE_INFINITY }
  if (/^[1-9]\d{0,8}$/.test(times)) return { everyMs, times: Number(times) }
  throw new UsageError('--times must be a whole number of at least 1')
}

/** Yields the non-empty lines of standard input as they arrive. */
async function* linesOfStdin(signal: AbortSignal): AsyncGenerator<string> {
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal })
  for await (const line of lines) if (line.trim() !== '') yield line
}

/** All of them, in one list. */
async function allOf(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}
