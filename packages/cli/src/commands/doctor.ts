import { checkLink } from '../doctor/check-link.js'
import { checkLogin } from '../doctor/check-login.js'
import { checkSources } from '../doctor/check-sources.js'
import { checkTarget } from '../doctor/check-target.js'
import { openChecklist } from '../doctor/checklist.js'
import type { ConnectionFlags } from '../settings/settings.js'

/** `bercon doctor`: a line for each check, with what to change; the exit code is that of the worst. */
export async function doctor(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  const list = openChecklist()
  const sources = await checkSources(flags, list)
  const target = await checkTarget(sources, list, signal)
  const client = target === undefined ? undefined : await checkLogin(target, list, signal)
  if (target === undefined) list.skipped('no login was tried')
  if (client === undefined) list.skipped('loss and round trip were not measured, as there is no login')
  try {
    if (client !== undefined) await checkLink(client, target?.timeoutMs, list, signal)
  } finally {
    await client?.close()
  }
  return list.exitCode()
}
