// @ts-nocheck
import type { Column, Listing } from '../output/listing.js'
import { oneLine } from '../output/safe-text.js'
import { roughSpan } from '../output/shown-span.js'
import { endOf, endText } from './ban-end.js'
import { type BanEntry, entryOf } from './ban-entry.js'
import type { BansPlan } from './bans-plan.js'

const MINUTE_S = 60

/** A plan for people: the first changes, a line each, and the number of each kind. */
export function shownPlan({ adds, removals, kept, over }: BansPlan, most: number): string {
  const changes = [
    ...adds.map(({ target, expiresAt, reason }) => `+ ${target}  ${shownEnd(expiresAt)}  ${reason}`),
    ...removals.map(({ target, minutesLeft, reason }) => `- ${target}  ${shownRest(minutesLeft)}  ${reason}`),
  ]
  const lines = changes.slice(0, most).map((change) => oneLine(change).trimEnd())
  if (changes.length > most) lines.push(`… and ${changes.length - most} more`)
  lines.push(`${adds.length} to add, ${removals.length} to remove, ${kept} unchanged, ${over} expired`)
  return `${lines.join('\n')}\n`
}

function shownEnd(expiresAt: number | undefined): string {
  return expiresAt === undefined ? 'permanent' : `until ${endText(expiresAt)}`
}

function shownRest(minutesLeft: number | undefined): string {
  return minutesLeft === undefined ? 'permanent' : `${roughSpan(minutesLeft * MINUTE_S)} left`
}

interface Change extends BanEntry {
  readonly change: 'add' | 'lift'
}

const COLUMNS: readonly Column<Change>[] = [
  { key: 'change', heading: 'Change', value: ({ change }) => change },
  { key: 'kind', heading: 'Kind', value: ({ kind }) => kind },
  { key: 'target', heading: 'Target', value: ({ target }) => target },
  { key: 'expiresAt', heading: 'Expires', value: ({ expiresAt }) => expiresAt ?? undefined },
  { key: 'reason', heading: 'Reason', value: ({ reason }) => reason },
]

/** A plan for programs: one row for each change. */
export function planListing({ adds, removals }: BansPlan, now: number): Listing<Change> {
  const added = adds.map((ban): Change => ({ change: 'add', ...entryOf(ban) }))
  const lifted = removals.map(
    (row): Change => ({ change: 'lift', ...entryOf({ ...row, expiresAt: endOf(row, now) }) }),
  )
  return { columns: COLUMNS, rows: [...added, ...lifted], raw: undefined, whenEmpty: '' }
}
