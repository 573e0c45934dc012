const MAX_COMMANDS = 100

/** The commands typed before, newest last; the arrow keys walk through them. */
export class CommandHistory {
  #commands: readonly string[] = []
  #at = 0

  /** Keeps a command; the same one twice running is kept once. */
  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#commands = [...this.#commands, command].slice(-MAX_COMMANDS)
    this.#at = this.#commands.length
  }

  /** The command before (-1) or after (1) the one shown; an empty text after the newest. */
  step(by: -1 | 1): string {
    this.#at = Math.min(this.#commands.length, Math.max(0, this.#at + by))
    return this.#commands[this.#at] ?? ''
  }
}
