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

const SHOWN_LENGTH = 60

/** The text as it stands in a sentence: quoted, cut where it is long, the keep-alive by its name. */
export function shown(command: string): string {
  if (command === '') return 'The keep-alive'
  return command.length > SHOWN_LENGTH ? `"${command.slice(0, SHOWN_LENGTH)}…"` : `"${command}"`
}
