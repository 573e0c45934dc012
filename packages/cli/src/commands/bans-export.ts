import type { BanLine } from '@bercon/arma'
import { EXIT } from '../exit-codes.js'
import { checkWritable, writeOutput } from '../output/output-file.js'
import { printExactly } from '../output/terminal.js'
import { type BansFileFlags, defineForFile } from '../program/bans-file-options.js'
import type { BerconCommand } from '../program/bercon-command.js'
import { note } from '../report.js'
import { UsageError } from '../usage-error.js'

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
  const form = flags.as ?? chosenForm(flags.format) ?? formOf(path)
  if (path !== '-') checkWritable(path)
  return withClient(flags, signal, async (connected) => {
    const now = Date.now()
    const rows = (await readRows(connected)).filter(({ expires }) => expires !== 'expired')
    const text = await formatDocument(
      rows.map((row) => onOneLine(lineOf(row, now))),
      form,
    )
    if (path === '-') printExactly(text)
    else writeOutput(path, text)
    note(`bans exported: ${rows.length}`)
    return EXIT.done
  })
}

/** The form of the file by `--format`, which the list of bans has too. @throws {@link UsageError} for a format that no file has. */
function chosenForm(format: BansFileFlags['format']): 'json' | 'csv' | undefined {
  if (format === undefined || format === 'json' || format === 'csv') return format
  throw new UsageError(`--format ${format} is not a format for files: use --as txt, json or csv`)
}

// A command cannot carry these, so that no import could restore them from any form.
const UNSENDABLE = /[\r\n\0]+/g

function onOneLine(ban: BanLine): BanLine {
  const reason = ban.reason.replace(UNSENDABLE, ' ')
  if (reason !== ban.reason) note(`${ban.target}: the reason contains a line end or NUL; a blank replaces it`)
  return { ...ban, reason }
}
