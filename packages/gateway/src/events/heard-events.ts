import {
  EVENTS,
  type EventName,
  type Player,
  type PoolEvents,
  parseServerMessage,
  type RconPool,
} from '@bercon/client'
import { playerRow } from '../servers/list-rows.js'

/** Events that say nothing new, or what a role might not read: those that others say better, and replies to commands. */
const UNHEARD = ['rawEvent', 'message', 'command', 'players', 'error', 'login'] as const

/** The name of an event that users may hear. */
type HeardName = Exclude<EventName, (typeof UNHEARD)[number]>

const HEARD = (Object.keys(EVENTS) as EventName[]).filter(
  (name): name is HeardName => !(UNHEARD as readonly EventName[]).includes(name),
)

/** An event as plain data, in one text for everybody who hears it. */
export interface HeardEvent {
  readonly server: string
  readonly type: HeardName
  /** In ms since 1970. */
  readonly at: number
  /** The line that it stands for; `undefined` for what is not a line. */
  readonly line: string | undefined
  /** JSON of the whole event, with its server. */
  readonly data: string
}

/** Calls the listener with every event of every server of the pool, also of those that are added later. */
export function listenToPool(
  pool: Pick<RconPool, 'listen'>,
  listener: (event: HeardEvent) => void,
): () => void {
  const stops = HEARD.map((name) =>
    pool.listen(name, (pooled: PoolEvents[HeardName]) => listener(heardEvent(pooled))),
  )
  return () => {
    for (const stop of stops) stop()
  }
}

// By what it has: one install can contain two copies of the class.
function isPlayer(value: unknown): value is Player {
  return typeof value === 'object' && value !== null && 'isGuidValid' in value && 'inLobby' in value
}

function heardEvent({ server, event }: PoolEvents[HeardName]): HeardEvent {
  const data = JSON.stringify({ server, ...event }, (_, value: unknown) =>
    isPlayer(value) ? playerRow(value) : value,
  )
  return { server, type: event.type, at: event.at, line: 'raw' in event ? event.raw : undefined, data }
}

// Every front asks about the same line, one after the other.
let last: { readonly text: string | undefined; readonly type: string } = { text: undefined, type: '' }

/** The name of the event that a line of a server stands for. */
export function lineType(text: string): string {
  if (last.text !== text) last = { text, type: parseServerMessage(text).type }
  return last.type
}
