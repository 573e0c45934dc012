/** What is known of a command from the outside. */
export interface CommandRecord {
  readonly text: string
  readonly resend: boolean
  readonly askedAt: number
  readonly timeoutMs: number
  /** The sequence of each sending. */
  readonly sequences: number[]
  /** How often the network made a copy of one of them. */
  copies: number
  executions: number
  readonly outcomes: Outcome[]
}

/** What the client said about a command. */
type Outcome =
  | { readonly type: 'reply'; readonly text: string; readonly mixed: boolean }
  | { readonly type: 'failure'; readonly outcome: 'unknown' | 'not-sent' | 'executed' }

/** What is known of a message. */
export interface MessageRecord {
  readonly text: string
  /** How often the client's user received it. */
  heard: number
  /** Whether the server knows that the client has it. */
  acknowledged: boolean
  /** Whether it has to reach the user in the end: no gap was reported since it was said, and none had to be. */
  owed: boolean
}

/** Everything that an observer of both sides and of the network knows. */
export interface Ledger {
  now: number
  readonly commands: CommandRecord[]
  readonly messages: MessageRecord[]
  /** Replies and messages that nobody sent. */
  readonly strange: string[]
  client: {
    /** As the client itself says. */
    state: 'logging-in' | 'logged-in' | 'ended'
    /** An answer to its login has arrived that accepts it. */
    isLetIn: boolean
    /** Packets that are no login, sent before the login was accepted, and those sent after the end. */
    early: number
    late: number
    /** The last command packet, or the login. */
    lastCommandAt: number
    /** When it wants to be called next. */
    nextTimeout: number
    logins: number
  }
  /** Events that contradict what was reported before, such as a message without a login. */
  readonly outOfTurn: string[]
  /** What somebody held after their end. */
  left: string | undefined
  /** Who has not come back, though everything works. */
  missing: string | undefined
  /** Workers that acted for a server that was another's. */
  readonly usurpers: string[]
  /** Servers that nobody owns, though everything has worked for two lives of a lease. */
  unowned: string | undefined
  /** An exception of a session. */
  thrown: string | undefined
  /** Timeouts in a row at which time stood still. */
  stuckTimeouts: number
  /** No fault comes any more, and everybody had the time to recover. */
  isOver: boolean
}

export function newLedger(): Ledger {
  return {
    now: 0,
    commands: [],
    messages: [],
    strange: [],
    client: {
      state: 'logging-in',
      isLetIn: false,
      early: 0,
      late: 0,
      lastCommandAt: 0,
      nextTimeout: Number.POSITIVE_INFINITY,
      logins: 0,
    },
    outOfTurn: [],
    left: undefined,
    missing: undefined,
    usurpers: [],
    unowned: undefined,
    thrown: undefined,
    stuckTimeouts: 0,
    isOver: false,
  }
}

/** Adds the user's next command. `resends` states of each command whether it may be sent again. */
export function nextCommand(
  { commands }: Ledger,
  resends: readonly boolean[],
  askedAt: number,
  timeoutMs?: number,
): CommandRecord {
  const resend = resends[commands.length] ?? false
  const command: CommandRecord = {
    text: `c${commands.length}`,
    resend,
    askedAt,
    timeoutMs: timeoutMs ?? (resend ? 30_000 : 10_000),
    sequences: [],
    copies: 0,
    executions: 0,
    outcomes: [],
  }
  commands.push(command)
  return command
}

/** The sending of a command, for people. */
export function sendingOf({ text, resend }: CommandRecord): string {
  return `the user sends ${text}${resend ? '' : ', once'}`
}

/** When the last deadline of a command is over; now, if that is later. */
export function lastDeadline({ commands }: Ledger, now: number): number {
  return Math.max(now, ...commands.map(({ askedAt, timeoutMs }) => askedAt + timeoutMs))
}

/** Notes an exception of what is tried. */
export function noteThrown(ledger: Ledger, error: unknown): void {
  ledger.thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** Follows a call: its reply, or the outcome that its error states. */
export function follow(command: CommandRecord, reply: Promise<string>): void {
  reply.then(
    (text) => command.outcomes.push({ type: 'reply', text, mixed: false }),
    (error: { readonly outcome?: 'unknown' | 'not-sent' | 'executed' }) =>
      command.outcomes.push({ type: 'failure', outcome: error.outcome ?? 'not-sent' }),
  )
}

/** Notes that the user heard a message. */
export function heard({ messages, strange }: Ledger, text: string): void {
  const message = messages.find((each) => each.text === text)
  if (message === undefined) strange.push(text)
  else message.heard++
}

/** Notes that the user heard of a gap: what was said before may be missing. */
export function gapReported({ messages, isOver }: Ledger): void {
  // That a connection is closed in the end excuses nothing.
  if (isOver) return
  for (const message of messages) message.owed = false
}

/** The reply of one execution. It is longer than a part, and no part of it is one of another execution's. */
export function replyOf(command: string, execution: number): string {
  return `${command}:${execution};`.repeat(3)
}
