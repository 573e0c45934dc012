// @ts-nocheck
// Both spellings are known from captures; only the first is documented and appears in a server's `whitelist`.
const DOCUMENTED = '#players'
const SHORT = 'players'

/** A command as the built-in RCON documents it. */
export function documentedSpelling(command: string): string {
  return command === SHORT ? DOCUMENTED : command
}

/** The spellings of the list of players that a server accepts, as far as known. */
export class ListSpelling {
  #takesBoth = true

  /**
   * A command that changes nothing, and whose echo differs from the other's. If the server does not accept both
   * spellings, the list of players must be confirmed by itself.
   */
  confirmationOf(command: string): string {
    return command === DOCUMENTED && this.#takesBoth ? SHORT : DOCUMENTED
  }

  /** Records a command that the server did not echo. */
  wasIgnored(command: string): void {
    if (command === SHORT) this.#takesBoth = false
  }
}
