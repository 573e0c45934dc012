const PASSWORD_COMMAND = /^\s*rconpassword(?!\S)/i

/** A command's text for people, without the password that `RConPassword` has in it. */
export function withoutPassword(command: string): string {
  return PASSWORD_COMMAND.test(command) ? 'RConPassword …' : command
}

const SHOWN_LENGTH = 60

/** The text as it stands in a sentence: quoted, cut where it is long, the keep-alive by its name. */
export function shown(command: string): string {
  if (command === '') return 'The keep-alive'
  return command.length > SHOWN_LENGTH ? `"${command.slice(0, SHOWN_LENGTH)}…"` : `"${command}"`
}
