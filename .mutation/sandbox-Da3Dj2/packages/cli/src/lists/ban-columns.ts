// @ts-nocheck
import { endOf, endText } from '../bans/ban-end.js'
import type { Column } from '../output/listing.js'
import { roughSpan } from '../output/shown-span.js'
import type { BanRecord } from '../server/records.js'

/** Shown only where the next command can use it, because every change of the list changes it. */
export const BAN_NUMBER: Column<BanRecord> = {
  key: 'number',
  heading: '#',
  value: ({ number }) => number,
  align: 'right',
}

/** The columns of a list of bans; each kind of RCON has some of them. The keys are those of a ban in a file. */
export const BAN_COLUMNS: readonly Column<BanRecord>[] = [
  { key: 'kind', heading: 'Kind', value: ({ kind }) => kind },
  { key: 'target', heading: 'Target', value: ({ target }) => target, minWidth: 8, isIdentity: true },
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
  {
    key: 'expiresAt',
    heading: 'Left',
    value: (ban) => endText(endOf(ban, Date.now())) ?? undefined,
    shown: shownRest,
  },
  { key: 'reason', heading: 'Reason', value: ({ reason }) => reason, minWidth: 8 },
]

const MINUTE_S = 60

function shownRest({ expires, minutesLeft = 0 }: BanRecord): string {
  if (expires === 'minutes') return roughSpan(minutesLeft * MINUTE_S)
  return expires === 'never' ? 'permanent' : 'expired'
}
