// @ts-nocheck
import { addChangeOptions, type BansFileFlags, defineForFile } from '../program/bans-file-options.js'
import type { BerconCommand } from '../program/bercon-command.js'

export const command: BerconCommand = {
  name: 'apply',
  about: 'make the bans of the server match a file',
  examples: ['bercon bans apply bans.txt --yes'],
  define: (command) => defineForFile(addChangeOptions(command), applyBans),
}

/** `bercon bans apply` */
async function applyBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  const [{ planApply }, { changeBans }] = await Promise.all([
    import('../bans/bans-plan.js'),
    import('../bans/change-bans.js'),
  ])
  return changeBans(path, flags, signal, planApply)
}
