// @ts-nocheck
import { type Command, UnexpectedReplyError } from '@bercon/core'
import { checkNumber, checkText, commandText } from '@bercon/core/kit'
import { parseActionOutput } from './action-output.js'
import { secondsOf } from './ban-length.js'
import { type BanListOutput, parseBanListOutput } from './ban-list-output.js'
import { type PlayersOutput, parsePlayersOutput } from './players-output.js'
import { checkIdentityId, checkTarget, MAX_NUMBER } from './uuid.js'

// Fails for any output other than a success; the error shows it.
function command<T>(text: string, resend: boolean, read: (output: string) => T | undefined): Command<T> {
  const parse = (reply: string): T => {
    const said = read(reply)
    if (said === undefined) throw new UnexpectedReplyError({ command: text, reply })
    return said
  }
  return { text, resend, ...(resend ? { verifyEnd: true } : {}), parse }
}

/** Requests the list of players, in the spelling of a server's `whitelist`. `parse` throws `UnexpectedReplyError` unless it is a list. */
export function players(): Command<PlayersOutput> {
  return command('#players', true, parsePlayersOutput)
}

/**
 * Kicks a player. `parse` returns the player's name. The server passes no reason on to the player.
 *
 * @param playerId - the `id` in `players`, 1 or more; not a slot of BattlEye's.
 * @throws {@link InvalidArgumentError} for a number that no player has.
 */
export function kick(playerId: number): Command<string> {
  checkNumber('playerId', playerId, { min: 1, max: MAX_NUMBER, integer: true })
  return command(`#kick ${playerId}`, false, nameOf)
}

/**
 * Bans a player on the server by number, or any identity id. `parse` returns the player's name, or the id.
 *
 * @param target - the number in `players`, or the UUID. Names are refused: a name of digits would be taken for a
 * number.
 * @param minutes - sent in seconds, so that 0.5 is 30 seconds; omit it for a permanent ban.
 * @throws {@link InvalidArgumentError} for a bad target or bad minutes, a reason with CR, LF or NUL, or one too long.
 * @example
 * ```ts
 * import { reforgerCommands } from '@bercon/reforger'
 *
 * console.log(reforgerCommands.ban(3, 60, 'spam').text) // #ban create 3 3600 spam
 * ```
 */
export function ban(target: number | string, minutes?: number, reason = ''): Command<string> {
  checkTarget(target)
  checkText('reason', reason)
  const text = `#ban create ${target} ${secondsOf(minutes)}${reason === '' ? '' : ` ${reason}`}`
  return command(commandText(text, 'reason', reason), false, nameOf)
}

/**
 * Removes a ban. `parse` returns `false` if the server has none for that identity id.
 *
 * @param identityId - the identity id. A name is refused: if none matches exactly, the server uses the first that
 * begins with it, and removes another player's ban.
 * @throws {@link InvalidArgumentError} for a text that is not a UUID.
 */
export function unban(identityId: string): Command<boolean> {
  checkIdentityId(identityId)
  return command(`#ban remove ${identityId}`, false, (output) => {
    const said = parseActionOutput(output)
    if (said?.status === 'ok') return true
    return said?.status === 'error' && said.error === 'user_not_found' ? false : undefined
  })
}

/**
 * Requests one page of the list of bans. `parse` throws `UnexpectedReplyError` unless it is one.
 *
 * @param page - from 1.
 */
export function bans(page = 1): Command<BanListOutput> {
  checkNumber('page', page, { min: 1, max: MAX_NUMBER, integer: true })
  return command(`#ban list ${page}`, true, (output) => {
    const list = parseBanListOutput(output)
    return list?.status === 'ok' ? list : undefined
  })
}

function nameOf(output: string): string | undefined {
  const said = parseActionOutput(output)
  return said?.status === 'ok' ? said.name : undefined
}
