import { RconCommandError } from './command-errors.js'

/** A command was executed, but its reply did not come whole; what came of it is not passed off as the reply. */
export class IncompleteReplyError extends RconCommandError {
  /** How often the command was sent. */
  readonly attempts: number
  /** From the call, in ms. */
  readonly elapsedMs: number

  constructor(facts: { readonly command: string; readonly attempts: number; readonly elapsedMs: number }) {
    const { attempts, elapsedMs } = facts
    super(
      'incomplete-reply',
      facts.command,
      (command) =>
        `${command} was executed, but its reply is still incomplete after ${Math.round(elapsedMs)} ms; ` +
        'ask again, or give it more time',
    )
    this.attempts = attempts
    this.elapsedMs = elapsedMs
  }

  static {
    IncompleteReplyError.prototype.name = 'IncompleteReplyError'
  }
}
