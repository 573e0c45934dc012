// @ts-nocheck
import {
  type AsyncRconClient,
  MESSAGE_EVENTS,
  type RconEvents,
  type ServerMessageEvent,
} from '@bercon/client'
import { errorToData } from '@bercon/core/kit'
import { parseReforgerMessage, type ReforgerMessage } from '@bercon/reforger'

type Events = RconEvents<'promise'>

/** An event with its time, in ISO 8601. */
type Timed<Event> = Event extends unknown ? Omit<Event, 'at'> & { readonly at: string } : never

/** The part of a client event in the stream. */
type Part<Name extends keyof Events, Field extends keyof Events[Name]> = Timed<
  Pick<Events[Name], Field | 'type'>
>

/** A line of a Reforger server that its BattlEye does not know. */
type ReforgerLine = ReforgerMessage & Pick<ServerMessageEvent<'promise'>, 'number'>

/** One line of `bercon watch --format ndjson`. */
export type WatchedEvent =
  | Timed<ServerMessageEvent<'promise'> | ReforgerLine>
  | Part<'connect', 'address' | 'attempts'>
  | Part<'unresponsive', 'silentMs'>
  | Part<'responsive', 'silentMs'>
  | Part<'disconnect', 'reason'>
  | Part<'reconnecting', 'attempt' | 'delayMs'>
  | Part<'malformed', 'problem' | 'length'>
  | Part<'joinOrLeave', 'kind' | 'player'>
  | Part<'listProblem', 'command' | 'problem' | 'rows'>
  | Timed<{ readonly type: 'gap'; readonly from: string; readonly to: string }>
  | Timed<WatchedError>

/** A failure within bercon that stopped no other work. */
interface WatchedError {
  readonly type: 'error'
  readonly during: string
  readonly code: string | undefined
  readonly message: string
}

/**
 * Emits every line that arrives and every change of the connection, in order, gaps in the lines, and joins and leaves
 * during gaps.
 */
export function watchEvents(client: AsyncRconClient, tell: (event: WatchedEvent) => void): void {
  for (const name of MESSAGE_EVENTS) client.listen(name, (event) => tell(lineEvent(event)))
  client.listen('gap', ({ type, at, from, to }) =>
    tell({ type, at: isoTime(at), from: isoTime(from), to: isoTime(to) }),
  )
  client.listen('connect', ({ type, at, address, attempts }) =>
    tell({ type, at: isoTime(at), address, attempts }),
  )
  client.listen('unresponsive', ({ type, at, silentMs }) => tell({ type, at: isoTime(at), silentMs }))
  client.listen('responsive', ({ type, at, silentMs }) => tell({ type, at: isoTime(at), silentMs }))
  client.listen('disconnect', ({ type, at, reason }) => tell({ type, at: isoTime(at), reason }))
  client.listen('reconnecting', ({ type, at, attempt, delayMs }) =>
    tell({ type, at: isoTime(at), attempt, delayMs }),
  )
  client.listen('malformed', ({ type, at, problem, length }) =>
    tell({ type, at: isoTime(at), problem, length }),
  )
  client.listen('joinOrLeave', ({ type, at, seen, kind, player }) => {
    // What a line shows is in the stream as that line.
    if (seen === 'list') tell({ type, at: isoTime(at), kind, player })
  })
  client.listen('listProblem', ({ type, at, command, problem, rows }) =>
    tell({ type, at: isoTime(at), command, problem, rows }),
  )
  client.listen('error', ({ type, during, error }) => {
    const { code, message } = errorToData(error)
    tell({ type, at: isoTime(Date.now()), during, code, message })
  })
}

function lineEvent(event: ServerMessageEvent<'promise'>): WatchedEvent {
  const at = isoTime(event.at)
  if (event.type !== 'unknownMessage') return { ...event, at }
  return { ...parseReforgerMessage(event.raw), at, number: event.number }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
