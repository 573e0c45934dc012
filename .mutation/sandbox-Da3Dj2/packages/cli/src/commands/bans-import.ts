// @ts-nocheck
import { addChangeOptions, type BansFileFlags, defineForFile } from '../program/bans-file-options.js'
import type { BerconCommand } from '../program/bercon-command.js'

export const command: BerconCommand = {
  name: 'import',
  about: 'add the bans of a file that the server does not have',
  examples: ['bercon bans import bans.txt --dry-run'],
  define: (command) => defineForFile(addChangeOptions(command), importBans),
}

/** `bercon bans import` */
async function importBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  const [{ planImport }, { changeBans }] = await Promise.all([
    import('../bans/bans-plan.js'),
    import('../bans/change-bans.js'),
  ])
  return changeBans(path, flags, signal, planImport)
}
