// @ts-nocheck
import { checkNumber, InvalidArgumentError } from '@bercon/protocol'
import { MAX_ID } from '../parsers/whole-number.js'
import type { Command } from '../steps.js'
import { checkText, commandText, textProblem } from './arguments.js'
import { parseRemark, type Remark } from './plain-reply.js'

function maintaining(text: string, resend: boolean): Command<Remark> {
  return { text, resend, parse: parseRemark }
}

/** Keeps the login alive: the server forgets a client that is silent for 45 s (P7). Sent again: it has no effect. */
export function keepAlive(): Command<Remark> {
  return maintaining('', true)
}

/**
 * Makes the server read its file of bans again, or another file. Sent again: repeating it has the same result.
 *
 * @param file - its name as the server finds it; omit it for `bans.txt`.
 * @throws {@link InvalidArgumentError} for an empty name, or one with CR, LF or NUL.
 */
export function loadBans(file?: string): Command<Remark> {
  if (file === undefined) return maintaining('loadBans', true)
  checkText('file', file)
  if (file.trim() === '') throw new InvalidArgumentError('file', file, 'the name of a file')
  return maintaining(commandText(`loadBans ${file}`, 'file', file), true)
}

/**
 * Makes the server write its file of bans, without expired ones.
 *
 * Not sent again: the second would overwrite what somebody changed in the file after the first.
 */
export function writeBans(): Command<Remark> {
  return maintaining('writeBans', false)
}

/** Makes the server read `scripts.txt` again (Arma). Sent again: repeating it has the same result. */
export function loadScripts(): Command<Remark> {
  return maintaining('loadScripts', true)
}

/** Makes the server read its event filters again (Arma). Sent again: repeating it has the same result. */
export function loadEvents(): Command<Remark> {
  return maintaining('loadEvents', true)
}

/**
 * Makes BattlEye look for a new version of itself; newer servers may not support it.
 *
 * Not sent again: the effect of a second one during an update is unknown.
 */
export function update(): Command<Remark> {
  return maintaining('update', false)
}

const NO_LIMIT = -1

/**
 * Sets the ping above which players are kicked after a while; newer servers may not support it.
 *
 * Not sent again: a late copy would undo a newer setting.
 *
 * @param limitMs - in milliseconds, 1 or more; -1, or omitted, for no limit.
 * @throws {@link InvalidArgumentError} for any other limit.
 */
export function maxPing(limitMs: number = NO_LIMIT): Command<Remark> {
  if (limitMs !== NO_LIMIT) checkNumber('limitMs', limitMs, { min: 1, max: MAX_ID, integer: true })
  return maintaining(`maxPing ${limitMs}`, false)
}

const MAX_PASSWORD_LENGTH = 32
const SPACE = /\s/

/**
 * Changes the RCON password at once, until the server restarts. Clients that are logged in stay logged in.
 *
 * Not sent again: a late copy would undo a newer password.
 *
 * @param password - 1 to 32 characters without spaces.
 * @throws {@link InvalidArgumentError} for any other password; the error does not show it.
 */
export function rconPassword(password: string): Command<Remark> {
  const good =
    typeof password === 'string' &&
    password.length > 0 &&
    password.length <= MAX_PASSWORD_LENGTH &&
    !SPACE.test(password) &&
    textProblem(password) === undefined
  if (!good) {
    const expected = `a string of 1 to ${MAX_PASSWORD_LENGTH} characters without spaces or NUL characters`
    throw new InvalidArgumentError('password', '(not shown)', expected, `The password must be ${expected}`)
  }
  return maintaining(`RConPassword ${password}`, false)
}
