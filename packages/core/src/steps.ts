import { checkCommand } from './commands/arguments.js'
import { CommandDisallowedError, isNoReply, UnknownCommandError } from './errors/command-errors.js'
import { parseErrorReply } from './parsers/text-replies.js'

/** What travels to the server's side of a connection: plain data, which may cross a thread. */
export interface CommandRequest {
  readonly text: string
  /** Whether it may be sent again when no reply comes: at least once (`true`) or at most once (`false`), W7. */
  readonly resend: boolean
  /**
   * Whether the end of the reply has to be made sure, where a dialect's replies have no end of their own; BattlEye's
   * have, and come whole or not at all.
   * @default as the dialect knows the command
   */
  readonly verifyEnd?: boolean | undefined
  /**
   * Whether the reply states its own total, so that its reader notices when it was joined from two executions. A reply
   * without one that was so joined is asked for again, until it comes from one execution or is the same twice running.
   * @default false
   */
  readonly hasTotal?: boolean | undefined
}

/** A command as data: its text, whether it may be repeated, and how its reply is read. */
export interface Command<T> extends CommandRequest {
  /** Reads the reply; throws when it is not what the command answers with. */
  readonly parse: (reply: string) => T
}

/** The command whose reply is read and then made something else of. */
export function mapped<T, U>(command: Command<T>, map: (reply: T) => U): Command<U> {
  return { ...command, parse: (reply) => map(command.parse(reply)) }
}

/** An operation: a generator that yields requests and is given the replies' texts. */
export type Steps<T> = Generator<CommandRequest, T, string>

/**
 * The step that sends one command and returns what its reply says. `onNoReply` is for a command after which the server
 * goes away: what the step returns when the command was sent and no reply came, which is no failure then.
 *
 * @throws {@link InvalidArgumentError} for a text with CR, LF or NUL, or of more than 1,391 bytes (W8);
 * {@link CommandDisallowedError}, {@link UnknownCommandError} when that is what the server says (W9).
 */
export function* ask<T>(command: Command<T> & { readonly onNoReply?: () => T }): Steps<T> {
  checkCommand(command)
  const { text, resend, verifyEnd, hasTotal, onNoReply } = command
  let reply: string
  try {
    reply = yield { text, resend, verifyEnd, hasTotal }
  } catch (error) {
    if (onNoReply === undefined || !isNoReply(error) || error.outcome === 'not-sent') throw error
    return onNoReply()
  }
  checkReply(text, reply)
  return command.parse(reply)
}

/** @throws {@link CommandDisallowedError}, {@link UnknownCommandError} for a reply that refuses the command (W9). */
export function checkReply(command: string, reply: string): void {
  const refusal = parseErrorReply(reply)
  if (refusal?.error === 'disallowed_command') throw new CommandDisallowedError({ command })
  if (refusal?.error === 'unknown_command') throw new UnknownCommandError({ command })
}

/** Carries an operation out with promises: the promise client's way, and that of every flavor above promises. */
export async function performAsync<T>(
  begin: () => Steps<T>,
  exchange: (request: CommandRequest) => Promise<string>,
): Promise<T> {
  const steps = begin()
  let step = steps.next()
  while (!step.done) {
    let reply: string
    try {
      reply = await exchange(step.value)
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(reply)
  }
  return step.value
}
