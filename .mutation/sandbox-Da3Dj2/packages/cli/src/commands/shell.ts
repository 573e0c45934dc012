// @ts-nocheck
import type { AsyncRconClient } from '@bercon/client'
import { EXIT } from '../exit-codes.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { addConnectionOptions } from '../program/options.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/sources.js'
import type { WatchedEvent } from '../watch/watched-event.js'

/** The command, with those that its prompt knows. */
export function commandWith(commands: readonly BerconCommand[]): BerconCommand {
  return {
    name: 'shell',
    about: 'open a prompt with completion, and show events above it',
    examples: ['bercon shell --profile main'],
    define: (command) => {
      command.action((flags: ConnectionFlags) => run((signal) => shell(commands, flags, signal), flags))
      addConnectionOptions(command)
    },
  }
}

/** `bercon shell`: until `exit`, the end of the input, or Ctrl-C on an empty line, twice. */
async function shell(
  commands: readonly BerconCommand[],
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<number> {
  const [{ paletteFor }, { commandsToComplete }, { withClient }, { converse }, { openPrompt }, watching] =
    await Promise.all([
      import('../output/colors.js'),
      import('../program/shell-program.js'),
      import('../server/connected.js'),
      import('../shell/conversation.js'),
      import('../shell/prompt.js'),
      Promise.all([import('../watch/shown-event.js'), import('../watch/watched-event.js')]),
    ])
  const [{ shownEvent }, { watchEvents }] = watching
  const palette = paletteFor(process.stdout)
  const early: WatchedEvent[] = []
  let tell = (event: WatchedEvent): unknown => early.push(event)
  const prepare = (client: AsyncRconClient) => watchEvents(client, (event) => tell(event))
  const known = commandsToComplete(commands)
  return withClient(
    flags,
    signal,
    async (connected) => {
      const { client, settings } = connected
      const prompt = openPrompt(() => ({ commands: known, players: client.players }))
      tell = (event) => {
        const { beginning, text } = shownEvent(event, palette)
        prompt.print(text, beginning)
      }
      for (const event of early) tell(event)
      void client.closed.then(() => prompt.terminal.close())
      await converse(commands, prompt, { ...connected, settings: { ...settings, format: 'table' } }, signal)
      tell = () => {}
      const refusal = client.state === 'closed' ? await client.closed : undefined
      if (refusal !== undefined) throw refusal
      return EXIT.done
    },
    { runsOn: true, prepare },
  )
}
