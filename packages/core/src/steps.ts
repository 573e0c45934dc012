import { checkCommand } from './commands/arguments.js'
import { CommandDisallowedError, isNoReply, UnknownCommandError } from './errors/command-errors.js'
import { parseErrorReply } from './parsers/text-replies.js'

/** The request that a connection sends to the server: plain data, so it can cross threads. */
export interface CommandRequest {
  readonly text: string
  /** Whether it may be sent again if no reply arrives: at least once (`true`) or at most once (`false`), W7. */
  readonly resend: boolean
  /**
   * Whether to verify the end of the reply, for a dialect whose replies have no mark at their end. BattlEye's replies
   * have one: they arrive completely or not at all.
   * @default the dialect's setting for the command
   */
  readonly verifyEnd?: boolean | undefined
  /**
   * Whether the reply states its own total, so that its parser notices if it was joined from two executions. A
   * joined reply without a total is requested again until it comes from one execution, or is the same twice in a row.
   * @default false
   */
  readonly hasTotal?: boolean | undefined
}

/** A command as data: its text, whether it may be sent again, and how to parse its reply. */
export interface Command<T> extends CommandRequest {
  /** Parses the reply; throws if it is not what the command returns. */
  readonly parse: (reply: string) => T
}

/** The same command with its parsed reply mapped to another value. */
export function mapped<T, U>(command: Command<T>, map: (reply: T) => U): Command<U> {
  return { ...command, parse: (reply) => map(command.parse(reply)) }
}

/** An operation: a generator that yields requests and receives the replies' texts. */
export type Steps<T> = Generator<CommandRequest, T, string>

/**
 * Sends one command and returns its parsed reply. `onNoReply` is for a command that stops the server: if the command was
 * sent but no reply came, its value is returned, because that is not a failure then.
 *
 * @throws {@link InvalidArgumentError} for a text with CR, LF or NUL, or of more than 1,391 bytes (W8);
 * {@link CommandDisallowedError}, {@link UnknownCommandError} if the server refuses the command (W9).
 */
export function* ask<T>(command: Command<T> & { readonly onNoReply?: () => T }): Steps<T> {
  checkCommand(command)
  const { text, resend, verifyEnd, hasTotal, onNoReply } = command
  let reply: string
  try {
    reply = yield { text, resend, verifyEnd, hasTotal }
  } catch (error) {
    return withoutReply(error, onNoReply)
  }
  return readReply(command, reply)
}

/** The same operation with its result mapped to another value. */
export function* mappedSteps<T, U>(steps: Steps<T>, map: (result: T) => U): Steps<U> {
  return map(yield* steps)
}

/** The result of a command that failed; rethrows the error, unless the command was sent and expects no reply. */
export function withoutReply<T>(error: unknown, onNoReply: (() => T) | undefined): T {
  if (onNoReply === undefined || !isNoReply(error) || error.outcome === 'not-sent') throw error
  return onNoReply()
}

/** The result of a command that was answered. @throws for a refusal, or a reply to something else. */
export function readReply<T>(command: Command<T>, reply: string): T {
  checkReply(command.text, reply)
  return command.parse(reply)
}

/** @throws {@link CommandDisallowedError}, {@link UnknownCommandError} for a reply that refuses the command (W9). */
export function checkReply(command: string, reply: string): void {
  const refusal = parseErrorReply(reply)
  if (refusal?.error === 'disallowed_command') throw new CommandDisallowedError({ command })
  if (refusal?.error === 'unknown_command') throw new UnknownCommandError({ command })
}

/** Runs an operation with promises, for the promise client and every flavor based on promises. */
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
