import { GameWorld } from '@bercon/simulator'

/** What a command is answered with in place of the game's own answer. */
export type Answer = { readonly text: string } | 'silence'

/** A game that writes down every command, and answers with what it was told to. */
export class ScriptedWorld extends GameWorld {
  readonly commands: string[] = []
  readonly #answers: Answer[] = []

  /** The next command that has no answer yet gets this one; the game does not hear of it. */
  answerNext(answer: Answer): void {
    this.#answers.push(answer)
  }

  override execute(command: string, admin: number | undefined, now: number): string {
    this.commands.push(command)
    const answer = this.#answers.shift()
    if (answer === undefined) return super.execute(command, admin, now)
    // A command that fails is not answered.
    if (answer === 'silence') throw new Error('told to be silent')
    return answer.text
  }
}
