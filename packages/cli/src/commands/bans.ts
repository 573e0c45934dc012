import type { Column } from '../output/listing.js'
import { withClient } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import type { BanRecord } from '../server/records.js'
import type { ConnectionFlags } from '../settings/settings.js'
import { geoipColumns } from './geoip-columns.js'
import { writeReading } from './written-reading.js'

const KIND: Column<BanRecord> = { key: 'kind', heading: 'Kind', value: ({ kind }) => kind }
const TARGET: Column<BanRecord> = {
  key: 'target',
  heading: 'Target',
  value: ({ target }) => target,
  minWidth: 8,
  isIdentity: true,
}

/** The columns for BattlEye's RCON. */
export const BATTLEYE_BANS: readonly Column<BanRecord>[] = [
  KIND,
  TARGET,
  { key: 'expires', heading: 'Expires', value: ({ expires }) => expires, shown: shownExpiry },
  {
    key: 'minutesLeft',
    heading: 'Left',
    value: ({ minutesLeft }) => minutesLeft,
    shown: ({ minutesLeft }) => (minutesLeft === undefined ? '' : `${minutesLeft} min`),
    align: 'right',
  },
  { key: 'reason', heading: 'Reason', value: ({ reason }) => reason, minWidth: 8 },
]

/** The columns for Reforger's built-in RCON, which shows no more. */
export const REFORGER_BANS: readonly Column<BanRecord>[] = [
  KIND,
  TARGET,
  { key: 'name', heading: 'Name', value: ({ name }) => name, minWidth: 8 },
]

/** `bercon bans` */
export function bans(flags: ConnectionFlags, signal: AbortSignal): Promise<number> {
  return withClient(flags, signal, async (connected) => {
    const { settings } = connected
    const places = await geoipColumns<BanRecord>(settings.geoip, ({ kind, target }) =>
      kind === 'ip' ? target : undefined,
    )
    const server = await knownServer(connected)
    const columns = server.banUnit === 's' ? REFORGER_BANS : [...BATTLEYE_BANS, ...places]
    return writeReading(await server.bans(), columns, settings, 'Nobody is banned.')
  })
}

const EXPIRY: Readonly<Record<string, string>> = { never: 'never', minutes: 'in', expired: 'expired' }

function shownExpiry({ expires }: BanRecord): string {
  return EXPIRY[expires ?? ''] ?? ''
}
