import { oneLine } from '../output/safe-text.js'
import type { BansPlan } from './bans-plan.js'

/** A plan as people are shown it: the first so many changes, a line each, and how many there are of each kind. */
export function shownPlan({ adds, removals, kept, over }: BansPlan, most: number): string {
  const changes = [
    ...adds.map(({ target, expiresAt, reason }) => `+ ${target}  ${shownEnd(expiresAt)}  ${reason}`),
    ...removals.map(
      ({ target, minutesLeft, reason }) =>
        `- ${target}  ${minutesLeft === undefined ? 'for ever' : `${minutesLeft} min left`}  ${reason}`,
    ),
  ]
  const lines = changes.slice(0, most).map((change) => oneLine(change).trimEnd())
  if (changes.length > most) lines.push(`… and ${changes.length - most} more`)
  lines.push(`${adds.length} to add, ${removals.length} to lift, ${kept} as they should be, ${over} over`)
  return `${lines.join('\n')}\n`
}

function shownEnd(expiresAt: number | undefined): string {
  return expiresAt === undefined ? 'for ever' : `until ${new Date(expiresAt).toISOString()}`
}
