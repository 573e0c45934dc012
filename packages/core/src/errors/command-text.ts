const PASSWORD_COMMAND = /^\s*rconpassword(?!\S)/i
const R = 0x72
const SMALL = 0x20
const SPACE = 0x20
const BEYOND_ASCII = 0x80

/** A command's text for people, without the password of `RConPassword`. */
export function withoutPassword(command: string): string {
  // Every answered command passes through here, and few begin like that.
  const first = command.charCodeAt(0)
  if (first > SPACE && first < BEYOND_ASCII && (first | SMALL) !== R) return command
  return PASSWORD_COMMAND.test(command) ? 'RConPassword …' : command
}

// BattlEye 1.220 prints its configuration at each start, and Reforger prints each command that it executes.
const PASSWORD_LINE =
  /^([ \t\uFEFF]{0,8}(?:Config entry|Processing Command):[ \t]*RConPassword)(?=[^\n]*\S)[^\n]*/gim

const PASSWORD_WORD = /rconpassword/i

/**
 * Removes the password from a server's message such as `Config entry: RConPassword …`. The messages that a client emits
 * have no password; use this for those that you read from a socket or a capture yourself.
 *
 * @example
 * ```ts
 * import { messageWithoutPassword } from '@bercon/core/kit'
 * console.log(messageWithoutPassword('Config entry: RConPassword hunter2')) // Config entry: RConPassword ***
 * ```
 */
export function messageWithoutPassword(message: string): string {
  // Every message passes through here, and hardly any has that word.
  if (!PASSWORD_WORD.test(message)) return message
  return message.replace(PASSWORD_LINE, '$1 ***')
}

const SHOWN_LENGTH = 60

/** The text for use in a sentence: quoted, truncated if long, the keep-alive by its name. */
export function shown(command: string): string {
  if (command === '') return 'the keep-alive'
  return command.length > SHOWN_LENGTH ? `"${command.slice(0, SHOWN_LENGTH)}…"` : `"${command}"`
}
