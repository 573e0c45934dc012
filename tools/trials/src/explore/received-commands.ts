import type { GameCommand } from './hosted-game.js'
import type { CommandRecord, Ledger } from './ledger.js'

/** A command that a game has received, and where. */
export interface ReceivedCommand<Place> extends GameCommand {
  /** Its number among the commands of all games. */
  readonly number: number
  readonly place: Place
}

/** The commands that games have received and not settled yet. */
export class ReceivedCommands<Place> {
  readonly #ledger: Ledger
  #waiting: readonly ReceivedCommand<Place>[] = []
  #last = 0

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  get waiting(): readonly ReceivedCommand<Place>[] {
    return this.#waiting
  }

  /** Notes a sending of the command. */
  add(place: Place, command: GameCommand): void {
    const number = ++this.#last
    this.#waiting = [...this.#waiting, { ...command, number, place }]
    this.#recordOf(command)?.sequences.push(number)
  }

  /** Takes one out, with its record, because the game settles it. */
  take(number: number): { command: ReceivedCommand<Place>; record: CommandRecord } | undefined {
    const command = this.#waiting.find((each) => each.number === number)
    const record = command === undefined ? undefined : this.#recordOf(command)
    this.#waiting = this.#waiting.filter((each) => each !== command)
    return command === undefined || record === undefined ? undefined : { command, record }
  }

  #recordOf({ text }: GameCommand): CommandRecord | undefined {
    return this.#ledger.commands.find((each) => each.text === text)
  }
}
