// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { printListing } from '../output/format-listing.js'
import { print } from '../output/terminal.js'
import { addReadingOptions, type BansFileFlags, defineForFile } from '../program/bans-file-options.js'
import type { BerconCommand } from '../program/bercon-command.js'

export const command: BerconCommand = {
  name: 'diff',
  about: 'show what "apply" would change; exit with 1 if there are changes',
  examples: ['bercon bans diff bans.txt --profile main'],
  define: (command) => defineForFile(addReadingOptions(command), diffBans),
}

/** `bercon bans diff`: shows what `apply` would do; the exit code says whether there are changes. */
export async function diffBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  const [
    { changesIn, planApply },
    { readDocument },
    { readRows },
    { planListing, shownPlan },
    { withClient },
  ] = await Promise.all([
    import('../bans/bans-plan.js'),
    import('../bans/document-file.js'),
    import('../bans/listed-bans.js'),
    import('../bans/shown-plan.js'),
    import('../server/connected.js'),
  ])
  const wanted = await readDocument(path, flags)
  return withClient(flags, signal, async (connected) => {
    const now = Date.now()
    const plan = planApply(await readRows(connected), wanted, now)
    const { settings } = connected
    if (settings.format === 'table') print(shownPlan(plan, Number.POSITIVE_INFINITY))
    else await printListing(planListing(plan, now), settings)
    return changesIn(plan) === 0 ? EXIT.done : EXIT.different
  })
}
