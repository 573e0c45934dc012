// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import { MAX_ID } from '../parsers/whole-number.js'
import type { Command } from '../steps.js'
import { checkPlayerId, checkText, commandText } from './arguments.js'
import { parseRemark, type Remark } from './plain-reply.js'

/** The slot that means all players, for {@link say} only. */
export const EVERYBODY = -1

/**
 * Sends a message to one player or to all. Every admin sees it too, as an `adminMessage`.
 *
 * Not sent again: the message would appear twice (W7).
 *
 * @param playerId - the player's slot, 0 or more; -1 for all players.
 * @throws {@link InvalidArgumentError} for a bad player id, a text with CR, LF or NUL, or one that is too long.
 * @example
 * ```ts
 * import { commands } from '@bercon/core'
 *
 * console.log(commands.say(-1, 'restart in 5').text) // say -1 restart in 5
 * ```
 */
export function say(playerId: number, text: string): Command<Remark> {
  if (!Number.isInteger(playerId) || playerId < EVERYBODY || playerId > MAX_ID) {
    throw new InvalidArgumentError(
      'playerId',
      playerId,
      `a whole number from 0 to ${MAX_ID}, or -1 for everybody`,
    )
  }
  checkText('text', text)
  return { text: commandText(`say ${playerId} ${text}`, 'text', text), resend: false, parse: parseRemark }
}

/**
 * Sends a message to one player.
 *
 * Not sent again: the message would appear twice (W7).
 *
 * @param playerId - the player's slot, 0 or more.
 * @throws {@link InvalidArgumentError} for a bad player id, a text with CR, LF or NUL, or one that is too long.
 */
export function whisper(playerId: number, text: string): Command<Remark> {
  checkPlayerId(playerId)
  return say(playerId, text)
}
