import { type CommandRecord, type Ledger, replyOf } from './ledger.js'

/** Something that the README promises, and how a breach of it shows. */
export interface Promised {
  readonly promise: string
  /** What is broken, if anything is. */
  readonly breach: (ledger: Ledger) => string | undefined
}

/** Silence after which a server drops a client (P7). */
const FORGOTTEN_MS = 45_000
/** The time that a host has to settle a command itself, which knows more. */
const GRACE_MS = 1_000

/** What must hold after every step of every schedule. */
export const PROMISES: readonly Promised[] = [
  {
    promise: 'Every command settles once, by its deadline.',
    breach: ({ commands, isOver, now }) =>
      about(
        commands,
        ({ outcomes, askedAt, timeoutMs }) =>
          outcomes.length > 1 || (outcomes.length === 0 && (isOver || now > askedAt + timeoutMs + GRACE_MS)),
      ),
  },
  {
    promise: 'A command that is answered was executed.',
    breach: ({ commands }) =>
      about(
        commands,
        ({ executions, outcomes }) => executions === 0 && outcomes.some(({ type }) => type === 'reply'),
      ),
  },
  {
    // Where the network copies the command itself, both executions answer with one sequence, and they cannot be distinguished.
    promise: 'A reply is that of the command. It is of one execution, unless it says that it is mixed.',
    breach: ({ commands }) =>
      about(commands, ({ text, executions, outcomes, copies }) =>
        outcomes.some(
          (outcome) =>
            outcome.type === 'reply' &&
            !repliesOf(text, executions).includes(outcome.text) &&
            !((outcome.mixed || copies > 0) && isOnlyOf(text, outcome.text)),
        ),
      ),
  },
  {
    promise: 'A command that must not be sent again is sent once, and executed at most once.',
    breach: ({ commands }) =>
      about(
        commands,
        ({ resend, sequences, executions, copies }) =>
          !resend && (sequences.length > 1 || executions > 1 + copies),
      ),
  },
  {
    promise: 'A command that failed as not sent was not sent.',
    breach: ({ commands }) =>
      about(commands, ({ outcomes, sequences }) => sequences.length > 0 && failedAs(outcomes, 'not-sent')),
  },
  {
    promise: 'A command that failed as executed was executed.',
    breach: ({ commands }) =>
      about(commands, ({ outcomes, executions }) => executions === 0 && failedAs(outcomes, 'executed')),
  },
  {
    promise: 'A sequence belongs to one command that waits, and no other.',
    breach: ({ commands }) => {
      const waiting = commands.filter(({ outcomes }) => outcomes.length === 0)
      const used = waiting.flatMap(({ sequences }) => [...new Set(sequences)])
      return new Set(used).size === used.length ? undefined : `sequences in use: ${used.join(', ')}`
    },
  },
  {
    promise: 'The listener receives each message at most once, and nothing else.',
    breach: ({ messages, strange }) =>
      messages.find(({ heard }) => heard > 1)?.text ??
      (strange.length > 0 ? `received ${strange[0]}` : undefined),
  },
  {
    promise: 'The listener receives every message: one that the server takes for received has reached it.',
    breach: ({ messages, client }) =>
      client.state === 'logged-in'
        ? messages.find(({ heard, acknowledged }) => acknowledged && heard === 0)?.text
        : undefined,
  },
  {
    promise: 'The client sends nothing but logins before it is let in, and nothing after its end.',
    breach: ({ client }) =>
      client.early + client.late > 0 ? `${client.early} packets before, ${client.late} after` : undefined,
  },
  {
    promise:
      'A client that is logged in wants to send a command packet before 45 s have passed since the last.',
    breach: ({ client }) =>
      client.state === 'logged-in' && client.nextTimeout > client.lastCommandAt + FORGOTTEN_MS
        ? `wakes ${(client.nextTimeout - client.lastCommandAt) / 1_000} s after the last`
        : undefined,
  },
  {
    promise: 'A lost login is reported, and the next one: messages come between the two.',
    breach: ({ outOfTurn }) => outOfTurn[0],
  },
  {
    promise: 'Messages are missed only where a gap is reported.',
    breach: ({ messages, isOver }) =>
      isOver ? messages.find(({ heard, owed }) => owed && heard === 0)?.text : undefined,
  },
  {
    promise: 'A client that was logged in logs in again as soon as the server answers.',
    breach: ({ missing }) => missing,
  },
  {
    promise: 'What is closed leaves nothing behind: no timer, no socket, no command at a host.',
    breach: ({ left }) => left,
  },
  {
    promise: 'A server of a fleet has one owner at a time, and only the owner executes commands.',
    breach: ({ usurpers }) => usurpers[0],
  },
  {
    promise: 'A server of a fleet that lost its owner has one again within two lives of a lease.',
    breach: ({ unowned }) => unowned,
  },
  {
    promise: 'Nothing throws, and no timer rings without an end.',
    breach: ({ thrown, stuckTimeouts }) =>
      thrown ?? (stuckTimeouts > 20 ? 'a timer rings and rings' : undefined),
  },
]

/** The promise that a ledger breaks, if any, with what broke it. */
export function brokenPromise(
  ledger: Ledger,
): { readonly promise: string; readonly breach: string } | undefined {
  for (const { promise, breach } of PROMISES) {
    const found = breach(ledger)
    if (found !== undefined) return { promise, breach: found }
  }
  return undefined
}

function about(
  commands: readonly CommandRecord[],
  isBroken: (command: CommandRecord) => boolean,
): string | undefined {
  const found = commands.find(isBroken)
  if (found === undefined) return undefined
  const { text, sequences, executions, outcomes } = found
  return `${text}: sent ${sequences.length} times, executed ${executions} times, outcomes ${JSON.stringify(outcomes)}`
}

function failedAs(outcomes: CommandRecord['outcomes'], as: 'not-sent' | 'executed'): boolean {
  return outcomes.some((outcome) => outcome.type === 'failure' && outcome.outcome === as)
}

function repliesOf(text: string, executions: number): readonly string[] {
  return Array.from({ length: executions }, (_, execution) => replyOf(text, execution))
}

function isOnlyOf(text: string, reply: string): boolean {
  return reply.split(';').every((piece) => piece === '' || piece.startsWith(`${text}:`))
}
