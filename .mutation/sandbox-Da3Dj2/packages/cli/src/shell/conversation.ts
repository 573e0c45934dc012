// @ts-nocheck
import type { Command } from 'commander'
import { exec } from '../commands/exec.js'
import { formatListing, isExact } from '../output/format-listing.js'
import type { Results } from '../output/results.js'
import { manyLines, oneLine } from '../output/safe-text.js'
import { print as printOut } from '../output/terminal.js'
import type { BerconCommand } from '../program/bercon-command.js'
import type { Carrier } from '../program/carrier.js'
import { createShellProgram, parseLine, shellHelp } from '../program/shell-program.js'
import type { Connected, Seen } from '../server/connected.js'
import { messageOf } from '../usage-error.js'
import type { Prompt } from './prompt.js'
import { wordsOf } from './typed-line.js'

/** Runs one line after the other; Ctrl-C cancels the running command, clears the line, or, on an empty one, leaves. */
export async function converse(
  commands: readonly BerconCommand[],
  prompt: Prompt,
  connected: Connected,
  signal: AbortSignal,
): Promise<void> {
  const { terminal, show, print } = prompt
  const seen: Seen = { bans: [] }
  let waiting: AbortController | undefined
  let isLeaving = false
  signal.addEventListener('abort', () => terminal.close())
  terminal.on('SIGINT', () => {
    if (waiting !== undefined) return waiting.abort()
    if (isLeaving) return terminal.close()
    isLeaving = terminal.line === ''
    if (isLeaving) print('Ctrl-C again, Ctrl-D or exit to leave')
    terminal.write(null, { ctrl: true, name: 'e' })
    terminal.write(null, { ctrl: true, name: 'u' })
  })
  show()
  for await (const typed of terminal) {
    const line = typed.trim()
    isLeaving = false
    if (/^\/?(exit|quit)$/i.test(line)) return terminal.close()
    waiting = new AbortController()
    const call = { ...connected.call, signal: AbortSignal.any([signal, waiting.signal]) }
    const ask = prompt.ask === undefined ? undefined : askBy(prompt.ask, call.signal)
    const results = resultsAt(prompt)
    const scene = { ...connected, call, seen, ask, results }
    await answer(line, commands, prompt, scene).catch((error: unknown) =>
      results.note(
        call.signal.aborted
          ? 'canceled; if the command was sent, it may have been executed'
          : messageOf(error),
      ),
    )
    waiting = undefined
    // Text typed meanwhile stays, with the cursor at its end.
    show()
  }
  // What comes next does not belong behind the prompt, which still stands there.
  if (terminal.terminal) printOut('\n')
}

/** Runs one line as the command line would; a line that is not one of its commands is sent raw. */
async function answer(
  line: string,
  commands: readonly BerconCommand[],
  { print }: Prompt,
  connected: Connected,
): Promise<void> {
  const [, slash = '', word = '', rest = ''] = /^(\/?)(\S+) *(.*)$/s.exec(line) ?? []
  if (word === '') return
  const write = (text: string) => print(text.trimEnd())
  const program = createShellProgram(commands, within(connected), write)
  const name = word.toLowerCase()
  if (name === 'help' || name === '?') return help(program, rest, write)
  if (name === 'exec')
    return rest === '' ? print('exec needs a command') : void (await exec([rest], {})(connected))
  if (program.commands.some((each) => each.name() === name)) {
    const names = connected.client.players.map((player) => player.name)
    return parseLine(program, wordsOf(line.slice(slash.length), names))
  }
  if (slash !== '') return print(`there is no ${oneLine(line)}; help lists the commands`)
  await exec([line], {})(connected)
}

function help(program: Command, name: string, write: (text: string) => void): void {
  const command = program.commands.find((each) => each.name() === name.toLowerCase())
  if (command === undefined) write(shellHelp(program))
  else command.outputHelp()
}

/** Commands within the login that is there already. */
function within(connected: Connected): Carrier {
  return {
    kind: 'shell',
    addOptions: (command) => command,
    note: connected.results.note,
    carryOut: async ({ format = 'table', geoip = connected.settings.geoip, wide = false }, load) => {
      const work = await load()
      await work({ ...connected, settings: { ...connected.settings, format, geoip, isWide: wide } })
    },
  }
}

function resultsAt({ print }: Prompt): Results {
  const write = (text: string) => {
    if (text.trim() !== '') print(text.trimEnd())
  }
  return {
    write,
    writeExactly: (text) => write(manyLines(text)),
    list: async (listing, layout) => {
      const text = await formatListing(listing, layout)
      write(isExact(layout.format) ? manyLines(text) : text)
    },
    note: (text) => write(oneLine(text)),
  }
}

function askBy(ask: NonNullable<Prompt['ask']>, signal: AbortSignal): (question: string) => Promise<string> {
  return (question) => ask(question, signal)
}
