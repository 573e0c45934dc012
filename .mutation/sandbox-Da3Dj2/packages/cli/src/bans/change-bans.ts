// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { confirm } from '../output/confirmation.js'
import { print, progressBar } from '../output/terminal.js'
import type { BansFileFlags } from '../program/bans-file-options.js'
import { note } from '../report.js'
import { type Connected, withClient } from '../server/connected.js'
import { type BansPlan, changesIn, type planApply } from './bans-plan.js'
import { carryOut, commandFor } from './carry-out.js'
import { readDocument } from './document-file.js'
import { readRows } from './listed-bans.js'
import { shownPlan } from './shown-plan.js'

/** Makes a plan. */
type Planner = typeof planApply

/** After this many rounds without progress, the server counts as refusing the changes. */
const FRUITLESS_ROUNDS = 3
const SHOWN_CHANGES = 20

/** Plans the changes between a file and the bans of a server, and makes them. */
export async function changeBans(
  path: string,
  flags: BansFileFlags,
  signal: AbortSignal,
  plan: Planner,
): Promise<number> {
  const wanted = await readDocument(path, flags)
  return withClient(flags, signal, async (connected) => {
    const planNow = async () => plan(await readRows(connected), wanted, Date.now())
    const first = await planNow()
    print(shownPlan(first, SHOWN_CHANGES))
    if (flags.dryRun === true || changesIn(first) === 0) return EXIT.done
    // Commands that cannot be sent are found before the first change.
    for (const ban of first.adds) commandFor(ban, Date.now())
    if (flags.yes !== true)
      await confirm('no bans were changed: add --yes to apply the plan, or --dry-run', signal)
    return settle(first, planNow, connected)
  })
}

/** Executes plans until no changes are left; each is made from the list at that time. */
async function settle(
  first: BansPlan,
  planNow: () => Promise<BansPlan>,
  { client, call }: Connected,
): Promise<number> {
  let plan = first
  for (let fruitless = 0; changesIn(plan) > 0; ) {
    if (fruitless === FRUITLESS_ROUNDS) {
      note(
        `${changesIn(plan)} changes were not made, though they were asked for; "bercon bans diff" lists them`,
      )
      return EXIT.incomplete
    }
    const bar = progressBar('bans')
    let made = 0
    const progress = (done: number, total: number) => {
      made = done
      bar.show(done, total)
    }
    await carryOut(client, plan, call, progress).finally(() => {
      bar.end()
      if (call.signal.aborted)
        note(
          `interrupted after ${made} of ${changesIn(plan)} changes; run it again to finish, no change is made twice`,
        )
    })
    const next = await planNow()
    fruitless = changesIn(next) < changesIn(plan) ? 0 : fruitless + 1
    plan = next
  }
  print('done\n')
  return EXIT.done
}
