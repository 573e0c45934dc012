// @ts-nocheck
import { checkNumber } from '@bercon/protocol'
import { MAX_ID } from '../parsers/whole-number.js'
import type { Command } from '../steps.js'
import { banTarget, checkPlayerId, checkText, commandText, minutesText } from './arguments.js'
import { parseRemark, type Remark } from './plain-reply.js'

// None of these is sent again (W7): meanwhile the slot may belong to another player, a second ban would be a second
// row, and the numbers of bans shift.
function moderating(words: readonly string[], reason: string): Command<Remark> {
  checkText('reason', reason)
  const text = [...words, ...(reason === '' ? [] : [reason])].join(' ')
  return { text: commandText(text, 'reason', reason), resend: false, parse: parseRemark }
}

/**
 * Kicks a player. An empty reply does not prove that the slot was in use; messages and `players` do.
 *
 * Not sent again: the slot may belong to another player by then.
 *
 * @param playerId - the player's slot, 0 or more.
 * @param reason - shown to the player; servers cut long ones.
 * @throws {@link InvalidArgumentError} for a bad player id, a reason with CR, LF or NUL, or one that is too long.
 * @example
 * ```ts
 * import { commands } from '@bercon/core'
 *
 * console.log(commands.kick(3, 'afk').text) // kick 3 afk
 * ```
 */
export function kick(playerId: number, reason = ''): Command<Remark> {
  checkPlayerId(playerId)
  return moderating(['kick', String(playerId)], reason)
}

/**
 * Bans the GUID of a player who is on the server.
 *
 * Not sent again: the slot may belong to another player by then.
 *
 * @param playerId - the player's slot, 0 or more.
 * @param minutes - how long, 1 or more; omit it for a permanent ban. 0 is refused.
 * @param reason - shown to the player.
 * @throws {@link InvalidArgumentError} for a bad player id, bad minutes, a reason with CR, LF or NUL, or one too long.
 * @example
 * ```ts
 * import { commands } from '@bercon/core'
 *
 * console.log(commands.ban(3, 60, 'spam').text) // ban 3 60 spam
 * console.log(commands.ban(3).text) // ban 3 0
 * ```
 */
export function ban(playerId: number, minutes?: number, reason = ''): Command<Remark> {
  checkPlayerId(playerId)
  // Always with minutes: without them the server parses the first word of the reason as minutes.
  return moderating(['ban', String(playerId), minutesText(minutes)], reason)
}

/**
 * Bans a GUID or an IP address, whether or not its player is on the server.
 *
 * Not sent again: it would add a second row to the list.
 *
 * @param target - 32 hexadecimal digits, or an IP address without a port.
 * @param minutes - how long, 1 or more; omit it for a permanent ban. 0 is refused.
 * @param reason - shown to the player.
 * @throws {@link InvalidArgumentError} for a bad target, bad minutes, a reason with CR, LF or NUL, or one too long.
 * @example
 * ```ts
 * import { commands } from '@bercon/core'
 *
 * console.log(commands.addBan('192.0.2.7', undefined, 'spam').text) // addBan 192.0.2.7 0 spam
 * ```
 */
export function addBan(target: string, minutes?: number, reason = ''): Command<Remark> {
  return moderating(['addBan', banTarget(target), minutesText(minutes)], reason)
}

/**
 * Removes the ban with this number. Numbers shift with every change of the list, so read `bans` right before.
 *
 * Not sent again: after the first, the number belongs to another ban, which the second would remove (W7).
 *
 * @param id - the number in `bans`, 0 or more.
 * @throws {@link InvalidArgumentError} for a number that no ban can have.
 */
export function removeBan(id: number): Command<Remark> {
  checkNumber('id', id, { min: 0, max: MAX_ID, integer: true })
  return { text: `removeBan ${id}`, resend: false, parse: parseRemark }
}
