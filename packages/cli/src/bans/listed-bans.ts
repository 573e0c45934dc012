import type { BanLine } from '@bercon/arma'
import { type BanRow, commands, UnexpectedReplyError } from '@bercon/client'
import type { Connected } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import { UsageError } from '../usage-error.js'
import { endOf } from './ban-end.js'

/** Fetches all bans of a server. @throws `UnexpectedReplyError` if the list is incomplete. */
export async function readRows(connected: Connected): Promise<readonly BanRow[]> {
  const { rcon } = await knownServer(connected)
  if (!rcon.banColumns.includes('expiresAt'))
    throw new UsageError(
      `files of bans work with BattlEye's RCON only: ${rcon.name} reports neither times nor reasons`,
    )
  const command = commands.bans()
  const { bans, badRows } = await connected.client.run(command, connected.call)
  // An incomplete list would add bans twice, or remove the wrong ones.
  if (badRows.length > 0) throw new UnexpectedReplyError({ command: command.text, reply: badRows.join('\n') })
  return bans
}

/** Converts a listed ban to a ban of a file. */
export function lineOf(row: BanRow, now: number): BanLine {
  const { kind, target, reason } = row
  return { kind, target, reason, expiresAt: endOf(row, now) }
}
