// Both spellings are known from captures; only the first is documented, and stands in a server's `whitelist`.
const DOCUMENTED = '#players'
const SHORT = 'players'

/** A command as the built-in RCON documents it. */
export function documentedSpelling(command: string): string {
  return command === SHORT ? DOCUMENTED : command
}

/** Which spellings of the list of players a server takes, as far as it is known. */
export class ListSpelling {
  #takesBoth = true

  /**
   * A command that changes nothing, and whose echo cannot be taken for that of the other. Where the server does not take
   * both spellings, the list of players has to be confirmed by itself.
   */
  confirmationOf(command: string): string {
    return command === DOCUMENTED && this.#takesBoth ? SHORT : DOCUMENTED
  }

  /** Records a command that the server did not echo. */
  wasIgnored(command: string): void {
    if (command === SHORT) this.#takesBoth = false
  }
}
