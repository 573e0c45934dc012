/** What the kit orders a client to do; one line of JSON each. */
export type ClientOrder =
  | { readonly do: 'login'; readonly host: string; readonly port: number; readonly password: string }
  | {
      readonly do: 'command'
      readonly id: number
      readonly text: string
      /** Whether the client may send the command again; ignore it if your client cannot choose. */
      readonly resend: boolean
    }
  | { readonly do: 'close' }

/** What a client reports; one line of JSON each. */
export type ClientReport =
  | { readonly report: 'logged-in' }
  | { readonly report: 'login-failed'; readonly reason?: string }
  | { readonly report: 'reply'; readonly id: number; readonly text: string }
  | { readonly report: 'failure'; readonly id: number; readonly reason?: string }
  | { readonly report: 'message'; readonly text: string }
  | { readonly report: 'closed' }
  /** From the kit itself: the adapter's process has ended, or printed something else. */
  | { readonly report: 'broken'; readonly reason: string }

/** A client under test, behind its adapter. */
export interface ClientUnderTest {
  /** Hands an order to the adapter. */
  readonly send: (order: ClientOrder) => void
  /** Ends its process, if it has one. */
  readonly end: () => void
}

/** Starts a client for one case. */
export type StartClient = (onReport: (report: ClientReport) => void) => ClientUnderTest

const FIELDS: Readonly<Record<string, readonly (readonly [name: string, type: string])[]>> = {
  'logged-in': [],
  'login-failed': [],
  reply: [
    ['id', 'number'],
    ['text', 'string'],
  ],
  failure: [['id', 'number']],
  message: [['text', 'string']],
  closed: [],
}

/** The report in a line of the adapter's output; `broken` for any other line. */
export function readReport(line: string): ClientReport {
  const value = parsed(line)
  const kind = value?.['report']
  const fields = FIELDS[String(kind)]
  if (value === undefined || fields === undefined) return broken(`printed no report: ${line.slice(0, 200)}`)
  const missing = fields.find(([name, type]) => typeof value[name] !== type)
  if (missing !== undefined)
    return broken(`reported "${String(kind)}" without a ${missing[1]} "${missing[0]}"`)
  return value as unknown as ClientReport
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function broken(reason: string): ClientReport {
  return { report: 'broken', reason }
}
