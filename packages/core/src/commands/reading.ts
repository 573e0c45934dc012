import { UnexpectedReplyError } from '../errors/command-errors.js'
import {
  type AdminsReply,
  type BansReply,
  type CommandsReply,
  type MissionsReply,
  type PlayersReply,
  parseAdmins,
  parseBans,
  parseCommands,
  parseMissions,
  parsePlayers,
  parseVersion,
  type VersionReply,
} from '../parsers/index.js'
import type { Command } from '../steps.js'

// These only read, so executing one twice is harmless and all are sent again (W7).
function reading<T>(text: string, read: (reply: string) => T | undefined): Command<T> {
  const parse = (reply: string): T => {
    const said = read(reply)
    if (said === undefined) throw new UnexpectedReplyError({ command: text, reply })
    return said
  }
  return { text, resend: true, parse }
}

/**
 * Requests the list of players. `parse` throws `UnexpectedReplyError` for anything else, also an empty reply.
 *
 * @example
 * ```ts
 * import { commands } from '@bercon/core'
 *
 * const { parse, text } = commands.players()
 * console.log(text, parse('Players on server:\n(0 players in total)').total) // players 0
 * ```
 */
export function players(): Command<PlayersReply> {
  return playersBy(parsePlayers)
}

/** The same with a parser that may know the list already. */
export function playersBy(parse: (reply: string) => PlayersReply | undefined): Command<PlayersReply> {
  return { ...reading('players', parse), hasTotal: true }
}

/** Requests the RCON clients that are logged in. `parse` throws `UnexpectedReplyError` for anything but a list. */
export function admins(): Command<AdminsReply> {
  return reading('admins', parseAdmins)
}

/** Requests the list of bans, which can be long. `parse` throws `UnexpectedReplyError` for anything but a list. */
export function bans(): Command<BansReply> {
  return reading('bans', parseBans)
}

/** Requests the mission files (Arma). `parse` throws `UnexpectedReplyError` for anything but a list. */
export function missions(): Command<MissionsReply> {
  return reading('missions', parseMissions)
}

/** Requests BattlEye's version. `parse` throws `UnexpectedReplyError` for an empty reply. */
export function version(): Command<VersionReply> {
  return reading('version', parseVersion)
}

/** Requests the server's commands; old servers do not support it. `parse` throws for an empty reply. */
export function commands(): Command<CommandsReply> {
  return reading('commands', parseCommands)
}
