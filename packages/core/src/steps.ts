/** What travels to the server's side of a connection: plain data, which may cross a thread. */
export interface Request {
  readonly text: string
  /** Whether it may be sent again when no reply comes: at least once (`true`) or at most once (`false`), W7. */
  readonly resend: boolean
}

/** A command as data: its text, whether it may be repeated, and how its reply is read. */
export interface Command<T> extends Request {
  readonly parse: (reply: string) => T
}

/** An operation: a generator that yields requests and is given the replies' texts. */
export type Steps<T> = Generator<Request, T, string>

/** The step that sends one command and returns what its reply says. */
export function* ask<T>(command: Command<T>): Steps<T> {
  return command.parse(yield command)
}
