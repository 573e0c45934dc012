import { writeFileSync } from 'node:fs'
import type { BanLine } from '@bercon/arma'
import { bans as askBans, type BanRow, UnexpectedReplyError } from '@bercon/client'
import { endOf } from '../bans/ban-entry.js'
import { formatDocument, formOf } from '../bans/bans-document.js'
import { type BansPlan, changesIn, planApply, planImport } from '../bans/bans-plan.js'
import { carryOut, commandFor } from '../bans/carry-out.js'
import { type DocumentFlags, readDocument } from '../bans/document-file.js'
import { planListing, shownPlan } from '../bans/shown-plan.js'
import { EXIT } from '../exit-codes.js'
import { confirm } from '../output/confirmation.js'
import { printListing } from '../output/format-listing.js'
import { progressBar } from '../output/progress-bar.js'
import { print, printExactly } from '../output/terminal.js'
import { note } from '../report.js'
import { type Connected, withClient } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { UsageError } from '../usage-error.js'

/** The flags of the commands about files of bans. */
export interface BansFileFlags extends ConnectionFlags, DocumentFlags {
  readonly dryRun?: boolean
  readonly yes?: boolean
}

/** How a plan is made. */
export type Planner = typeof planApply

/** After so many rounds in which nothing was gained, the server does not do what it is asked. */
const FRUITLESS_ROUNDS = 3
const SHOWN_CHANGES = 20

/** `bercon bans export` */
export function exportBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
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

/** `bercon bans diff`: what `apply` would do, and as the exit code whether that is anything. */
export async function diffBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
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

/** `bercon bans import` */
export function importBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  return changeBans(path, flags, signal, planImport)
}

/** `bercon bans apply` */
export function applyBans(path: string, flags: BansFileFlags, signal: AbortSignal): Promise<number> {
  return changeBans(path, flags, signal, planApply)
}

async function changeBans(
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

async function readRows(connected: Connected): Promise<readonly BanRow[]> {
  const { rcon } = await knownServer(connected)
  if (rcon === 'built-in')
    throw new UsageError(
      "files of bans are BattlEye's: Reforger's built-in RCON tells neither times nor reasons",
    )
  const command = askBans()
  const { bans, badRows } = await connected.client.run(command, connected.call)
  // A list that is not whole would make bans twice, or lift the wrong ones.
  if (badRows.length > 0) throw new UnexpectedReplyError({ command: command.text, reply: badRows.join('\n') })
  return bans
}

function lineOf(row: BanRow, now: number): BanLine {
  const { kind, target, reason } = row
  return { kind, target, reason, expiresAt: endOf(row, now) }
}
