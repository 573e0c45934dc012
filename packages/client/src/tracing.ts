import type { TracingChannel } from 'node:diagnostics_channel'
import { type ClientClock, codeOf, type Outcome } from '@bercon/core'
import { type CommandRequest, parseErrorReply, withoutPassword } from '@bercon/core/kit'

/** How a command ended: the server executed it and replied, refused it, or what is known where no reply came. */
export type CommandOutcome = 'answered' | 'refused' | Outcome

/** What the tracing channel `bercon:command` carries: one request of an operation, from the call to its end. */
export interface CommandTrace {
  /** The client that was called. */
  readonly client: object
  /** The text; of `RConPassword` only the name. */
  readonly command: string
  readonly resend: boolean
  /** Set when it has ended. */
  outcome?: CommandOutcome
  /** From the call to the end, in ms of the client's clock; set when it has ended. */
  elapsedMs?: number
  /** The text of the reply. */
  result?: string
  error?: unknown
}

/** What the tracing channel `bercon:login` carries: one `connect`. Reconnects are events: `reconnecting`, `connect`. */
export interface LoginTrace {
  readonly client: object
  readonly host: string
  readonly port: number
  error?: unknown
}

/** What traces hold of a client; any flavor is one. */
export interface TracedClient {
  readonly client: object
  readonly clock: ClientClock
}

type Channel = TracingChannel<unknown, object>

// Without it, as in a browser, nothing is traced.
const diagnostics = /* @__PURE__ */ builtin()
const commands: Channel | undefined = /* @__PURE__ */ diagnostics?.tracingChannel?.('bercon:command')
const logins: Channel | undefined = /* @__PURE__ */ diagnostics?.tracingChannel?.('bercon:login')

function builtin(): typeof import('node:diagnostics_channel') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:diagnostics_channel')
}

type Exchange = (request: CommandRequest) => Promise<string>

/** Whether anybody subscribes to `bercon:command`. */
export function tracesCommands(): boolean {
  return commands !== undefined && isHeard(commands)
}

/** The exchange itself while nobody subscribes to `bercon:command`: then a trace costs one look. */
export function tracedExchange(exchange: Exchange, traced: TracedClient): Exchange {
  const channel = commands
  if (channel === undefined || !isHeard(channel)) return exchange
  return (request) => {
    const trace: CommandTrace = {
      client: traced.client,
      command: withoutPassword(request.text),
      resend: request.resend,
    }
    return channel.tracePromise(() => settling(() => exchange(request), trace, traced.clock), trace)
  }
}

/** Traces a login on `bercon:login`; without a subscriber it is only made. */
export function tracedLogin<T>(
  login: () => Promise<T>,
  trace: { readonly client: object; readonly host: string; readonly port: number },
): Promise<T> {
  if (logins === undefined || !isHeard(logins)) return login()
  const { client, host, port } = trace
  return logins.tracePromise(login, { client, host, port } satisfies LoginTrace)
}

// Some runtimes lack it; there every call is traced.
function isHeard(channel: Channel & { readonly hasSubscribers?: boolean }): boolean {
  return channel.hasSubscribers ?? true
}

async function settling(
  ask: () => Promise<string>,
  trace: CommandTrace,
  clock: ClientClock,
): Promise<string> {
  const begun = clock.now()
  try {
    const text = await ask()
    trace.outcome = parseErrorReply(text) === undefined ? 'answered' : 'refused'
    return text
  } catch (error) {
    trace.outcome = outcomeOf(error)
    throw error
  } finally {
    trace.elapsedMs = clock.now() - begun
  }
}

const BY_CODE: Readonly<Record<string, CommandOutcome>> = {
  'invalid-argument': 'not-sent',
  'not-connected': 'not-sent',
  'login-refused': 'not-sent',
  'login-timeout': 'not-sent',
  'host-unreachable': 'not-sent',
  'command-disallowed': 'refused',
  'rate-limited': 'refused',
  'unknown-command': 'refused',
}

/** What an error says of its command; the reason of an aborted signal says nothing. */
function outcomeOf(error: unknown): CommandOutcome {
  if (error instanceof Error && 'outcome' in error) return error.outcome as Outcome
  return BY_CODE[codeOf(error) ?? ''] ?? 'unknown'
}
