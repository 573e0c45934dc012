import { CommandDisallowedError, UnknownCommandError } from './errors/command-errors.js'
import { parseErrorReply } from './parsers/error-reply.js'

/** What travels to the server's side of a connection: plain data, which may cross a thread. */
export interface Request {
  readonly text: string
  /** Whether it may be sent again when no reply comes: at least once (`true`) or at most once (`false`), W7. */
  readonly resend: boolean
  /**
   * Whether the end of the reply has to be made sure, where a dialect's replies have no end of their own; BattlEye's
   * have, and come whole or not at all.
   * @default as the dialect knows the command
   */
  readonly whole?: boolean | undefined
}

/** A command as data: its text, whether it may be repeated, and how its reply is read. */
export interface Command<T> extends Request {
  readonly parse: (reply: string) => T
}

/** An operation: a generator that yields requests and is given the replies' texts. */
export type Steps<T> = Generator<Request, T, string>

/**
 * The step that sends one command and returns what its reply says.
 *
 * @throws {@link CommandDisallowedError}, {@link UnknownCommandError} when that is what the server says (W9).
 */
export function* ask<T>(command: Command<T>): Steps<T> {
  const { text, resend, whole } = command
  const reply = yield { text, resend, whole }
  checkReply(text, reply)
  return command.parse(reply)
}

/** @throws {@link CommandDisallowedError}, {@link UnknownCommandError} for a reply that refuses the command (W9). */
export function checkReply(command: string, reply: string): void {
  const refusal = parseErrorReply(reply)
  if (refusal?.error === 'disallowed_command') throw new CommandDisallowedError({ command })
  if (refusal?.error === 'unknown_command') throw new UnknownCommandError({ command })
}

/** Carries an operation out with promises: the promise client's way, and that of every flavour above promises. */
export async function performAsync<T>(
  begin: () => Steps<T>,
  exchange: (request: Request) => Promise<string>,
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
