import type { BanRow, PlayerRow } from '../../servers/list-rows.js'

const PLAYERS_HEAD = ['Players on server:', '[#] [IP Address]:[Port] [Ping] [GUID] [Name]', '-'.repeat(50)]
const BANS_HEAD = ['GUID Bans:', '[#] [GUID] [Minutes left] [Reason]', '-'.repeat(40)]
const NO_IP_BANS = ['', 'IP Bans:', '[#] [IP Address] [Minutes left] [Reason]', '-'.repeat(46)]
// Reforger shows neither; tools need something that reads as an address and as a ping that is not measured.
const NO_ADDRESS = '0.0.0.0:0'.padEnd(21)
const NO_PING = '-1'.padEnd(4)

/**
 * Reforger's players as BattlEye's table, which tools for BattlEye read. The identity id, without its dashes, stands where
 * BattlEye has the GUID; it has as many digits.
 */
export function playersTable(players: readonly PlayerRow[]): string {
  const rows = players.map(
    ({ id, identityId, name }) =>
      `${String(id).padEnd(3)} ${NO_ADDRESS} ${NO_PING} ${guidField(identityId)}${oneLine(name)}`,
  )
  return [...PLAYERS_HEAD, ...rows, `(${players.length} players in total)`].join('\n')
}

/** Reforger's bans as BattlEye's table, with the name as the reason; it shows neither times nor reasons. */
export function bansTable(bans: readonly BanRow[]): string {
  const rows = bans.map(({ target, name }, index) =>
    `${String(index).padEnd(2)} ${withoutDashes(target)} perm ${oneLine(name ?? '')}`.trimEnd(),
  )
  return [...BANS_HEAD, ...rows, ...NO_IP_BANS].join('\n')
}

function guidField(identityId: string | null): string {
  return identityId === null ? '- ' : `${withoutDashes(identityId)}(OK) `
}

function withoutDashes(identityId: string): string {
  return identityId.replaceAll('-', '').toLowerCase()
}

/** A line end in a name would make another row. */
function oneLine(name: string): string {
  return name.replaceAll(/[\r\n\0]+/g, ' ')
}
