import { EXIT } from '../exit-codes.js'
import { confirm } from '../output/confirmation.js'
import { progressBar } from '../output/progress-bar.js'
import { print } from '../output/terminal.js'
import type { BansFileFlags } from '../program/bans-file-options.js'
import { note } from '../report.js'
import { type Connected, withClient } from '../server/connected.js'
import { type BansPlan, changesIn, type planApply } from './bans-plan.js'
import { carryOut, commandFor } from './carry-out.js'
import { readDocument } from './document-file.js'
import { readRows } from './listed-bans.js'
import { shownPlan } from './shown-plan.js'

/** How a plan is made. */
type Planner = typeof planApply

/** After so many rounds in which nothing was gained, the server does not do what it is asked. */
const FRUITLESS_ROUNDS = 3
const SHOWN_CHANGES = 20

/** Makes the changes between a file and the bans of a server, by the plan that is made of both. */
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
    // Everything that cannot be sent is found before the first change.
    for (const ban of first.adds) commandFor(ban, Date.now())
    if (flags.yes !== true) await confirm('nothing was changed: add --yes to do it, or --dry-run', signal)
    return settle(first, planNow, connected)
  })
}

/** Carries plans out until there is nothing left to do; each is made from the list as it is then. */
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
        note(`interrupted after ${made} of ${changesIn(plan)} changes; run it again, nothing is done twice`)
    })
    const next = await planNow()
    fruitless = changesIn(next) < changesIn(plan) ? 0 : fruitless + 1
    plan = next
  }
  print('done\n')
  return EXIT.done
}
