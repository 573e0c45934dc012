import type { Outcome } from '@bercon/protocol'
import { outcomeText, RconCommandError, type UnansweredFacts } from './command-errors.js'

/** The thread that has the connection of a blocking client broke down, by a defect or for want of memory. */
export class WorkerFailedError extends RconCommandError {
  readonly outcome: Outcome
  /** What is known of the cause. */
  readonly detail: string

  constructor(facts: Pick<UnansweredFacts, 'command' | 'outcome' | 'resend'> & { readonly detail: string }) {
    const { outcome, detail, resend = false } = facts
    super(
      'worker-failure',
      facts.command,
      (command) =>
        `${command}: the client's worker failed: ${detail}; ${outcomeText(outcome, resend)}; make a new client`,
    )
    this.outcome = outcome
    this.detail = detail
  }

  static {
    WorkerFailedError.prototype.name = 'WorkerFailedError'
  }
}
