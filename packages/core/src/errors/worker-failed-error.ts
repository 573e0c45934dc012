import type { Outcome } from '@bercon/protocol'
import { OUTCOMES, RconCommandError } from './command-errors.js'

/** The thread that has the connection of a blocking client broke down, by a defect or for want of memory. */
export class WorkerFailedError extends RconCommandError {
  readonly outcome: Outcome
  /** What is known of the cause. */
  readonly detail: string

  constructor(facts: { readonly command: string; readonly outcome: Outcome; readonly detail: string }) {
    const { outcome, detail } = facts
    super(
      'worker-failure',
      facts.command,
      (command) =>
        `${command}: the client's worker failed: ${detail}; ${OUTCOMES[outcome]}; make a new client`,
    )
    this.outcome = outcome
    this.detail = detail
  }

  static {
    WorkerFailedError.prototype.name = 'WorkerFailedError'
  }
}
