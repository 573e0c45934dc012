import { GameWorld } from '@bercon/simulator'

/** A game that counts the executions of each command. */
export class CountingWorld extends GameWorld {
  readonly #executions = new Map<string, number>()

  /** How many commands with this prefix were executed more than once. */
  executedAgain(beginning: string): number {
    return [...this.#executions].filter(([command, count]) => command.startsWith(beginning) && count > 1)
      .length
  }

  override execute(command: string, admin: number | undefined, now: number): string {
    this.#executions.set(command, (this.#executions.get(command) ?? 0) + 1)
    return super.execute(command, admin, now)
  }
}
