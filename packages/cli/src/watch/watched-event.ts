import { type AsyncRconClient, LINE_EVENTS, type MessageEvent } from '@bercon/client'
import { parseReforgerMessage } from '@bercon/reforger'

/** One line of `bercon watch --format ndjson`. */
export interface WatchedEvent {
  readonly type: string
  /** When it came, in ISO 8601. */
  readonly at: string
  readonly [field: string]: unknown
}

/**
 * Tells every line that arrives and everything about the connection, in order, where lines may be missing, and who came
 * or left while they were.
 */
export function watchEvents(client: AsyncRconClient, tell: (event: WatchedEvent) => void): void {
  for (const name of LINE_EVENTS) client.listen(name, (event) => tell(lineEvent(event)))
  client.listen('gap', ({ at, from, to }) =>
    tell({ type: 'gap', at: isoTime(at), from: isoTime(from), to: isoTime(to) }),
  )
  client.listen('connect', ({ at, address, attempts }) =>
    tell({ type: 'connect', at: isoTime(at), address, attempts }),
  )
  client.listen('disconnect', ({ at, reason }) => tell({ type: 'disconnect', at: isoTime(at), reason }))
  client.listen('reconnecting', ({ at, attempt, delayMs }) =>
    tell({ type: 'reconnecting', at: isoTime(at), attempt, delayMs }),
  )
  client.listen('malformed', ({ at, problem, length }) =>
    tell({ type: 'malformed', at: isoTime(at), problem, length }),
  )
  client.listen('joinOrLeave', ({ at, seen, kind, player }) => {
    // What a line shows is in the stream as that line.
    if (seen === 'list') tell({ type: 'joinOrLeave', at: isoTime(at), kind, player })
  })
  client.listen('listProblem', ({ at, command, problem, rows }) =>
    tell({ type: 'listProblem', at: isoTime(at), command, problem, rows }),
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
