import { writeFileSync } from 'node:fs'
import { EXIT } from '../exit-codes.js'
import { printExactly } from '../output/terminal.js'
import { type BansFileFlags, defineForFile } from '../program/bans-file-options.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { note } from '../report.js'

export const command: BerconCommand = {
  name: 'export',
  about: 'write the active bans to a file',
  examples: ['bercon bans export bans.csv'],
  define: (command) => defineForFile(command, exportBans),
}

/** `bercon bans export` */
export async function exportBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  const [{ formatDocument, formOf }, { lineOf, readRows }, { withClient }] = await Promise.all([
    import('../bans/bans-document.js'),
    import('../bans/listed-bans.js'),
    import('../server/connected.js'),
  ])
  return withClient(flags, signal, async (connected) => {
    const now = Date.now()
    const rows = (await readRows(connected)).filter(({ expires }) => expires !== 'expired')
    const text = await formatDocument(
      rows.map((row) => lineOf(row, now)),
      flags.as ?? formOf(path),
    )
    if (path === '-') printExactly(text)
    else writeFileSync(path, text)
    note(`bans exported: ${rows.length}`)
    return EXIT.done
  })
}
