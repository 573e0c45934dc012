// @ts-nocheck
import type { BerconCommand } from '../program/bercon-command.js'
import { addConnectionOptions } from '../program/options.js'
import { run } from '../run.js'
import type { ConnectionFlags } from '../settings/sources.js'

export const command: BerconCommand = {
  name: 'doctor',
  about: 'check the connection, and say what to change',
  examples: ['bercon doctor --server-cfg ~/server/battleye'],
  define: (command) => {
    command.action((flags: ConnectionFlags) => run((signal) => doctor(flags, signal), flags))
    addConnectionOptions(command)
  },
}

/** `bercon doctor`: one line for each check, with what to change; the exit code is that of the worst. */
async function doctor(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  const [{ openChecklist }, { checkSources }, { checkTarget }, { checkLogin }, { checkLink }] =
    await Promise.all([
      import('../doctor/checklist.js'),
      import('../doctor/check-sources.js'),
      import('../doctor/check-target.js'),
      import('../doctor/check-login.js'),
      import('../doctor/check-link.js'),
    ])
  const list = openChecklist()
  const sources = await checkSources(flags, list)
  const target = await checkTarget(sources, list, signal)
  const client = target === undefined ? undefined : await checkLogin(target, list, signal)
  if (target === undefined) list.skipped('no login was attempted')
  if (client === undefined) list.skipped('loss and round trip were not measured, because there is no login')
  try {
    if (client !== undefined) await checkLink(client, target?.timeoutMs, list, signal)
  } finally {
    await client?.close()
  }
  return list.exitCode()
}
