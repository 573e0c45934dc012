import type { BanLine } from '@bercon/arma'
import { type BanRow, commands, UnexpectedReplyError } from '@bercon/client'
import type { Connected } from '../server/connected.js'
import { knownServer } from '../server/known-server.js'
import { UsageError } from '../usage-error.js'
import { endOf } from './ban-end.js'

/** The bans of a server, all of them. @throws `UnexpectedReplyError` where the list is not whole. */
export async function readRows(connected: Connected): Promise<readonly BanRow[]> {
  const { rcon } = await knownServer(connected)
  if (!rcon.banColumns.includes('expiresAt'))
    throw new UsageError(`files of bans are BattlEye's: ${rcon.name} tells neither times nor reasons`)
  const command = commands.bans()
  const { bans, badRows } = await connected.client.run(command, connected.call)
  // A list that is not whole would make bans twice, or lift the wrong ones.
  if (badRows.length > 0) throw new UnexpectedReplyError({ command: command.text, reply: badRows.join('\n') })
  return bans
}

/** A ban of a list as a ban of a file. */
export function lineOf(row: BanRow, now: number): BanLine {
  const { kind, target, reason } = row
  return { kind, target, reason, expiresAt: endOf(row, now) }
}
