import type { AsyncRconClient, MessageEvent, RconEvents } from '@bercon/client'
import { parseReforgerMessage } from '@bercon/reforger'

/** One line of `bercon watch --format ndjson`. */
export interface WatchedEvent {
  readonly type: string
  /** When it came, in ISO 8601. */
  readonly at: string
  readonly [field: string]: unknown
}

type Name = keyof RconEvents<'promise'>

/** The events that a server's line can be; each line is exactly one of them. */
const LINE_EVENTS = [
  'adminLogin',
  'adminMessage',
  'beMaster',
  'filterLog',
  'playerConnect',
  'playerDisconnect',
  'playerGuid',
  'playerKick',
  'playerMessage',
  'playerVerifyGuid',
  'serverWarning',
  'unknownMessage',
] as const satisfies readonly Name[]

/** Every name that `--only` takes; `gap` is always told. */
export const WATCHED_EVENTS: readonly string[] = [
  ...LINE_EVENTS,
  'reforgerLogin',
  'reforgerProcessing',
  'connect',
  'disconnect',
  'reconnecting',
  'malformed',
]

// A line may be lost on its way and told again, for so long (P9): a login that ends takes with it what was to be told again.
const REPEATED_MS = 10_000

/** Tells every line that arrives and everything about the connection, in order, and where lines may be missing. */
export function watchEvents(client: AsyncRconClient, tell: (event: WatchedEvent) => void): void {
  // After the last that was heard nothing shows that the server still knew us.
  let heardAt: number | undefined
  let loginAt = 0
  const hear = ({ at }: { readonly at: number }) => {
    heardAt = at
  }
  for (const name of LINE_EVENTS) {
    client.listen(name, (event) => {
      hear(event)
      tell(lineEvent(event))
    })
  }
  client.listen('command', hear)
  client.listen('connect', (event) => {
    const { at, address, attempts } = event
    if (heardAt !== undefined) {
      const from = Math.max(loginAt, heardAt - REPEATED_MS)
      tell({ type: 'gap', at: isoTime(at), from: isoTime(from), to: isoTime(at) })
    }
    loginAt = at
    tell({ type: 'connect', at: isoTime(at), address, attempts })
    hear(event)
  })
  client.listen('disconnect', ({ at, reason }) => tell({ type: 'disconnect', at: isoTime(at), reason }))
  client.listen('reconnecting', ({ at, attempt, delayMs }) =>
    tell({ type: 'reconnecting', at: isoTime(at), attempt, delayMs }),
  )
  client.listen('malformed', ({ at, problem, length }) =>
    tell({ type: 'malformed', at: isoTime(at), problem, length }),
  )
}

function lineEvent(event: MessageEvent<'promise'>): WatchedEvent {
  if (event.type === 'unknownMessage') {
    const { at, number, raw } = event
    return { ...parseReforgerMessage(raw), at: isoTime(at), number }
  }
  return { ...event, at: isoTime(event.at) }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
