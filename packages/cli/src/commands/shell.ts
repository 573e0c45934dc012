import type { AsyncRconClient } from '@bercon/client'
import type { Command } from 'commander'
import { type CompletedCommand, completedCommands } from '../completion/completed-command.js'
import { EXIT } from '../exit-codes.js'
import { paletteFor } from '../output/colours.js'
import { formatListing, isExact } from '../output/format-listing.js'
import type { Results } from '../output/results.js'
import { manyLines, oneLine } from '../output/safe-text.js'
import { print as printOut } from '../output/terminal.js'
import type { Carrier } from '../program/carrier.js'
import { createShellProgram, parseLine, shellHelp } from '../program/shell-program.js'
import { type Connected, type Seen, withClient } from '../server/connected.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { openPrompt, type Prompt } from '../shell/prompt.js'
import { wordsOf } from '../shell/typed-line.js'
import { shownEvent } from '../watch/shown-event.js'
import { type WatchedEvent, watchEvents } from '../watch/watched-event.js'
import { exec } from './exec.js'

/** `bercon shell`: until `exit`, the end of the input, or Ctrl-C on an empty line, twice. */
export async function shell(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  const palette = paletteFor(process.stdout)
  const early: WatchedEvent[] = []
  let tell = (event: WatchedEvent): unknown => early.push(event)
  const prepare = (client: AsyncRconClient) => watchEvents(client, (event) => tell(event))
  const commands = await commandsToComplete()
  return withClient(
    flags,
    signal,
    async (connected) => {
      const { client } = connected
      const prompt = openPrompt(() => ({ commands, players: client.players }))
      tell = (event) => {
        const { beginning, text } = shownEvent(event, palette)
        prompt.print(text, beginning)
      }
      for (const event of early) tell(event)
      void client.closed.then(() => prompt.terminal.close())
      await converse(prompt, { ...connected, settings: { ...connected.settings, format: 'table' } }, signal)
      tell = () => {}
      const refusal = client.state === 'closed' ? await client.closed : undefined
      if (refusal !== undefined) throw refusal
      return EXIT.done
    },
    { runsOn: true, prepare },
  )
}

/** Carries out one line after the other; Ctrl-C gives up what is under way, or the line, or, on an empty one, leaves. */
async function converse(prompt: Prompt, connected: Connected, signal: AbortSignal): Promise<void> {
  const { terminal, print } = prompt
  const seen: Seen = { bans: [] }
  let waiting: AbortController | undefined
  let isLeaving = false
  signal.addEventListener('abort', () => terminal.close())
  terminal.on('SIGINT', () => {
    if (waiting !== undefined) return waiting.abort()
    if (isLeaving) return terminal.close()
    isLeaving = terminal.line === ''
    if (isLeaving) print('Ctrl-C again, Ctrl-D or exit leaves')
    terminal.write(null, { ctrl: true, name: 'e' })
    terminal.write(null, { ctrl: true, name: 'u' })
  })
  terminal.prompt()
  for await (const typed of terminal) {
    const line = typed.trim()
    isLeaving = false
    if (/^\/?(exit|quit)$/i.test(line)) return terminal.close()
    waiting = new AbortController()
    const call = { ...connected.call, signal: AbortSignal.any([signal, waiting.signal]) }
    const ask = prompt.ask === undefined ? undefined : askBy(prompt.ask, call.signal)
    const results = resultsAt(prompt)
    await answer(line, prompt, { ...connected, call, seen, ask, results }).catch((error: unknown) =>
      results.note(
        call.signal.aborted
          ? 'given up; if it was sent, it may have been carried out'
          : error instanceof Error
            ? error.message
            : String(error),
      ),
    )
    waiting = undefined
    terminal.prompt()
  }
  // What comes next does not belong behind the prompt, which still stands there.
  if (terminal.terminal) printOut('\n')
}

/** Carries one line out as the command line would; a line that is none of its commands is sent as it is. */
async function answer(line: string, { print }: Prompt, connected: Connected): Promise<void> {
  const [, slash = '', word = '', rest = ''] = /^(\/?)(\S+) *(.*)$/s.exec(line) ?? []
  if (word === '') return
  const write = (text: string) => print(text.trimEnd())
  const program = await createShellProgram(within(connected), write)
  const name = word.toLowerCase()
  if (name === 'help' || name === '?') return help(program, rest, write)
  if (name === 'exec') return rest === '' ? print('exec what?') : void (await exec([rest], {})(connected))
  if (program.commands.some((each) => each.name() === name)) {
    const names = connected.client.players.map((player) => player.name)
    return parseLine(program, wordsOf(line.slice(slash.length), names))
  }
  if (slash !== '') return print(`there is no ${oneLine(line)}; help lists what there is`)
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

/** The commands of the prompt, for completion. */
async function commandsToComplete(): Promise<readonly CompletedCommand[]> {
  const nowhere: Carrier = {
    kind: 'shell',
    addOptions: (command) => command,
    note: () => {},
    carryOut: async () => {},
  }
  const commands = completedCommands(await createShellProgram(nowhere, () => {}))
  return commands.filter(({ path }) => /^\w+$/.test(path) && path !== 'help')
}
