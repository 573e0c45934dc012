import type { AsyncRconClient } from '@bercon/client'
import { EXIT } from '../exit-codes.js'
import { paletteFor } from '../output/colours.js'
import { formatListing } from '../output/format-listing.js'
import { manyLines, oneLine } from '../output/safe-text.js'
import { print as printOut } from '../output/terminal.js'
import { type Connected, withClient } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { withNumber } from '../shell/named-player.js'
import { openPrompt, type Prompt } from '../shell/prompt.js'
import { shownEvent } from '../watch/shown-event.js'
import { type WatchedEvent, watchEvents } from '../watch/watched-event.js'
import { BATTLEYE_BANS, REFORGER_BANS } from './bans.js'
import { BATTLEYE_PLAYERS, REFORGER_PLAYERS } from './player-columns.js'

const TABLE = { format: 'table' } as const

const HELP = `/players  who is on the server
/bans     who is banned
/help     this
/quit     leave; Ctrl-D, too
Everything else is sent as it is. kick, ban and say take a player's name for the number; Tab completes it.`

/** `bercon shell`: until `/quit`, the end of the input, or Ctrl-C on an empty line, twice. */
export function shell(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  const palette = paletteFor(process.stdout)
  const early: WatchedEvent[] = []
  let tell = (event: WatchedEvent): unknown => early.push(event)
  const prepare = (client: AsyncRconClient) => watchEvents(client, (event) => tell(event))
  return withClient(
    flags,
    signal,
    async (connected) => {
      const { client } = connected
      const prompt = openPrompt(() => client.players)
      tell = (event) => prompt.print(shownEvent(event, palette))
      for (const event of early) tell(event)
      void client.closed.then(() => prompt.terminal.close())
      await converse(prompt, connected, signal)
      tell = () => {}
      const refusal = client.state === 'closed' ? await client.closed : undefined
      if (refusal !== undefined) throw refusal
      return EXIT.done
    },
    { runsOn: true, prepare },
  )
}

/** Carries out one line after the other; Ctrl-C gives up what is under way, or the line, or, on an empty one, leaves. */
async function converse(
  { terminal, print }: Prompt,
  connected: Connected,
  signal: AbortSignal,
): Promise<void> {
  let waiting: AbortController | undefined
  let isLeaving = false
  signal.addEventListener('abort', () => terminal.close())
  terminal.on('SIGINT', () => {
    if (waiting !== undefined) return waiting.abort()
    if (isLeaving) return terminal.close()
    isLeaving = terminal.line === ''
    if (isLeaving) print('Ctrl-C again, Ctrl-D or /quit leaves')
    terminal.write(null, { ctrl: true, name: 'e' })
    terminal.write(null, { ctrl: true, name: 'u' })
  })
  terminal.prompt()
  for await (const line of terminal) {
    isLeaving = false
    if (line.trim() === '/quit') return terminal.close()
    waiting = new AbortController()
    const call = { ...connected.call, signal: AbortSignal.any([signal, waiting.signal]) }
    const text = await answerTo(line.trim(), { ...connected, call }).catch((error: unknown) =>
      call.signal.aborted
        ? 'given up; if it was sent, it may have been carried out'
        : oneLine(error instanceof Error ? error.message : String(error)),
    )
    waiting = undefined
    if (text !== '') print(text)
    else terminal.prompt()
  }
  // What comes next does not belong behind the prompt, which still stands there.
  if (terminal.terminal) printOut('\n')
}

async function answerTo(line: string, connected: Connected): Promise<string> {
  if (line === '') return ''
  if (line.startsWith('/')) return (await localAnswer(line, connected)).trimEnd()
  const { client, call } = connected
  const command = withNumber(line, client.players)
  if (command === undefined)
    return 'not sent: nobody has that name, or several have; /players lists who is there'
  const reply = manyLines(await client.sendCommand(command, call)).trimEnd()
  return command === line ? reply : [oneLine(`sent: ${command}`), reply].join('\n').trimEnd()
}

async function localAnswer(line: string, connected: Connected): Promise<string> {
  switch (line) {
    case '/players': {
      const { banUnit, players } = await knownServer(connected)
      const columns = banUnit === 's' ? REFORGER_PLAYERS : BATTLEYE_PLAYERS
      return formatListing({ ...(await players()), columns, whenEmpty: 'Nobody is on the server.' }, TABLE)
    }
    case '/bans': {
      const { banUnit, bans } = await knownServer(connected)
      const columns = banUnit === 's' ? REFORGER_BANS : BATTLEYE_BANS
      return formatListing({ ...(await bans()), columns, whenEmpty: 'Nobody is banned.' }, TABLE)
    }
    case '/help':
      return HELP
    default:
      return `there is no ${oneLine(line)}; /help lists what there is`
  }
}
