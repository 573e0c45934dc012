const PASSWORD_COMMAND = /^\s*rconpassword(?!\S)/i
const R = 0x72
const SMALL = 0x20
const SPACE = 0x20
const BEYOND_ASCII = 0x80

/** A command's text for people, without the password that `RConPassword` has in it. */
export function withoutPassword(command: string): string {
  // Every command that is answered comes by here, and hardly any of them begins like that.
  const first = command.charCodeAt(0)
  if (first > SPACE && first < BEYOND_ASCII && (first | SMALL) !== R) return command
  return PASSWORD_COMMAND.test(command) ? 'RConPassword …' : command
}

// BattlEye 1.220 prints its configuration at each start, and Reforger each command that it carries out.
const PASSWORD_LINE =
  /^([ \t\uFEFF]{0,8}(?:Config entry|Processing Command):[ \t]*RConPassword)(?=[^\n]*\S)[^\n]*/gim

/**
 * A server's message without the password that `Config entry: RConPassword …` has in it. Every message that a client
 * emits has gone through this; use it for what you read from a socket or a capture yourself.
 *
 * @example
 * ```ts
 * import { messageWithoutPassword } from '@bercon/core/kit'
 * console.log(messageWithoutPassword('Config entry: RConPassword hunter2')) // Config entry: RConPassword ***
 * ```
 */
export function messageWithoutPassword(message: string): string {
  return message.replace(PASSWORD_LINE, '$1 ***')
}

const SHOWN_LENGTH = 60

/** The text as it stands in a sentence: quoted, cut where it is long, the keep-alive by its name. */
export function shown(command: string): string {
  if (command === '') return 'the keep-alive'
  return command.length > SHOWN_LENGTH ? `"${command.slice(0, SHOWN_LENGTH)}…"` : `"${command}"`
}
