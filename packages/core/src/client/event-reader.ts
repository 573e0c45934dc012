import type { ClientCache, Insight } from '../cache/client-cache.js'
import { newcomer, type PlayerData } from '../cache/player-data.js'
import { RconClientCache } from '../cache/rcon-client-cache.js'
import { playersProblem } from '../commands/list-problem.js'
import type { AnyConnection } from '../connection/connection.js'
import { type ConnectionEvent, isEnd, READ_REPLIES } from '../connection/connection-event.js'
import { EventDispatcher, isThenable } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { NameTable } from '../parsers/known-names.js'
import { type PlayersReply, parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage, type ServerMessage } from '../parsers/server-message.js'
import type { Kind } from '../performer.js'
import { EVENTS } from './event-table.js'
import { GapRecord } from './gap-record.js'
import type { JoinOrLeave } from './joins-and-leaves.js'
import type { RconEvent, RconEvents } from './rcon-event.js'
import { Roster } from './roster.js'

type CommandEvent = Extract<ConnectionEvent, { readonly type: 'command' }>
type JoinOrLeaveEvent<K extends Kind> = Extract<RconEvent<K>, { readonly type: 'joinOrLeave' }>

const [LIST] = READ_REPLIES

/** The events that have the replies to all commands. */
const WITH_REPLIES: ReadonlySet<unknown> = new Set<keyof RconEvents<Kind>>(['command', 'rawEvent'])

const changesByEvent = new WeakMap<object, readonly unknown[]>()

/** The players who join or leave by the line of an event: usually one or none. */
export function joinsAndLeavesOf<K extends Kind>(event: RconEvent<K>): readonly JoinOrLeaveEvent<K>[] {
  return (changesByEvent.get(event) as readonly JoinOrLeaveEvent<K>[] | undefined) ?? []
}

/** The parts of a client that its reader needs. */
interface ReaderClient<K extends Kind> {
  readonly cache: ClientCache
  readonly dispatch: EventDispatcher<RconEvents<K>>
  /** Calls `readMessage`, unless a subclass overrides it. */
  onMessage(text: string, options: { readonly number: number; readonly at: number }): void
}

/** The parts of a connection that its reader needs. */
type ReaderConnection = Pick<AnyConnection, 'heardAt' | 'wantsChanged'>

/** Translates connection events into client events. Updates the cache first, so listeners see its new state. */
export class EventReader<K extends Kind> {
  readonly #client: ReaderClient<K>
  readonly #cache: ClientCache
  readonly #dispatch: EventDispatcher<RconEvents<K>>
  readonly #model: (data: PlayerData) => Player<K>
  readonly #names: NameTable
  readonly #connection: ReaderConnection
  #gaps = new GapRecord()
  #roster = new Roster()
  // Whether the connection is closed: the next login may be at another server.
  #state: 'open' | 'closed' = 'open'
  #unreadableRows = 0
  // The last list, for a call that waits for the same reply; weak, because nobody needs it afterwards.
  #read: WeakRef<{ readonly reply: string; readonly list: PlayersReply }> | undefined

  constructor(
    client: ReaderClient<K>,
    model: (data: PlayerData) => Player<K>,
    connection: ReaderConnection = {},
  ) {
    this.#client = client
    this.#connection = connection
    this.#cache = client.cache
    this.#dispatch = client.dispatch
    this.#model = model
    this.#names = namesIn(client.cache)
    // A dispatcher of the user's own may lack it; it is taken to want all.
    client.dispatch.watch?.((name) => {
      if (WITH_REPLIES.has(name)) connection.wantsChanged?.()
    })
  }

  /** Number of unreadable rows in lists of players so far. */
  get unreadableRows(): number {
    return this.#unreadableRows
  }

  /** Whether a reply's event is of use: for the list of players, or to a listener. */
  readonly wantsReply = (command: string): boolean => {
    return command === LIST || this.#isHeard('command') || this.#isHeard('rawEvent')
  }

  /** The list in a reply, which is usually the one that was just read. */
  readonly listIn = (reply: string): PlayersReply | undefined => {
    const read = this.#read?.deref()
    return read?.reply === reply ? read.list : parsePlayers(reply)
  }

  /** A function of its own, so that a connection can call it directly. */
  readonly read = (event: ConnectionEvent): void => {
    const { at } = event
    if (event.type === 'connect') this.#beginLogin()
    if (event.type === 'disconnect' && isEnd(event.reason)) this.#state = 'closed'
    const gap = this.#gaps.follow(event, event.type === 'connect' ? this.#connection.heardAt : undefined)
    const isList = event.type === 'command' && event.text === LIST
    const news = isList ? this.#guarded(() => this.#readPlayers(event)) : undefined
    // Every packet causes one of these events, and few programs listen for them.
    if (this.#dispatch.listenerCount('rawEvent') > 0) this.#emit({ type: 'rawEvent', at, event })
    if (gap !== undefined) this.#emit({ type: 'gap', at, ...gap })
    this.#emit(event)
    for (const one of news ?? []) this.#emit(one)
    if (event.type === 'connect') this.#emit({ type: 'login', at, address: event.address })
    if (event.type !== 'message') return
    try {
      const outcome: unknown = this.#client.onMessage(event.text, event)
      if (isThenable(outcome)) outcome.then(undefined, (error) => this.#fail(error, 'onMessage'))
    } catch (error) {
      this.#fail(error, 'onMessage')
    }
  }

  /** Handles one line: updates the cache and emits its events. */
  readMessage(text: string, at: number, number: number | undefined): void {
    const message =
      this.#guarded(() => parseServerMessage(text, { players: this.#names })) ?? parseServerMessage(text)
    const insight = this.#guarded(() => this.#cache.receiveMessage(message, number)) ?? insightOf(message)
    const { player: data, kicked } = insight
    const player = data === undefined ? undefined : this.#model(data)
    const event = eventOf<K>(message, { player, kicked }, at, number)
    const changes = this.#changesBy(message, insight, at)
    if (changes.length > 0) changesByEvent.set(event, changes)
    // Not through `#emit`: chat is the most frequent event, and its stack trace the one that users see.
    this.#dispatch.emit(event.type, event as RconEvents<K>[typeof event.type])
    for (const change of changes) this.#emit(change)
    if (event.type !== 'adminMessage') return
    const type = event.target === 'global' ? 'adminAnnouncement' : 'adminWhisper'
    this.#emit({ ...event, type } as RconEvent<K>)
  }

  #beginLogin(): void {
    if (this.#state === 'closed') {
      this.#state = 'open'
      this.#gaps = new GapRecord()
      this.#roster = new Roster()
      this.#guarded(() => this.#cache.clear())
    }
    this.#guarded(() => this.#cache.beginLogin())
  }

  /** Updates the cache from a list that is complete. Returns the events of the list. */
  #readPlayers({ at, reply, sentAfter }: CommandEvent): readonly RconEvent<K>[] {
    const list = parsePlayers(reply)
    if (list === undefined) return []
    // A cache of the user's own is given the list too, and may change it.
    if (this.#cache.receivePlayers === RconClientCache.prototype.receivePlayers)
      this.#read = new WeakRef({ reply, list })
    const { badRows: rows } = list
    this.#unreadableRows += rows.length
    const problem = playersProblem(list)
    const used = problem === undefined
    const about = { type: 'listProblem', at, command: 'players', rows: [...rows], used } as const
    if (!used) return [{ ...about, problem }]
    this.#cache.receivePlayers(list, sentAfter)
    return [
      ...(rows.length === 0 ? [] : [{ ...about, problem: 'unreadable-row' } as const]),
      ...this.#asEvents(this.#roster.list(this.#cache.players), at, 'list'),
      ...(this.#isHeard('players')
        ? [{ type: 'players', at, players: playersBySlot(this.#cache, this.#model) } as const]
        : []),
    ]
  }

  #changesBy(message: ServerMessage, insight: Insight, at: number): readonly JoinOrLeaveEvent<K>[] {
    if (!('playerId' in message)) return []
    const changes = () => this.#roster.follow(message, insight, this.#cache.players)
    return this.#asEvents(this.#guarded(changes) ?? [], at, 'line')
  }

  #asEvents(
    changes: readonly JoinOrLeave<PlayerData>[],
    at: number,
    seen: 'line' | 'list',
  ): readonly JoinOrLeaveEvent<K>[] {
    return changes.map((change) => {
      const player = this.#model(change.player)
      return { ...change, type: 'joinOrLeave', at, seen, player }
    })
  }

  /** Whether an event would reach anybody: a dispatcher of the user's own may do more than call listeners. */
  #isHeard(name: keyof RconEvents<K>): boolean {
    const dispatch = this.#dispatch
    return dispatch.emit !== EventDispatcher.prototype.emit || dispatch.listenerCount(name) > 0
  }

  // The cache and its listeners may be the user's own code.
  #guarded<T>(use: () => T): T | undefined {
    try {
      return use()
    } catch (error) {
      this.#fail(error, 'cache')
      return undefined
    }
  }

  #fail(error: unknown, during: string): void {
    this.#dispatch.emit('error', { type: 'error', error, during } as RconEvents<K>['error'])
  }

  #emit(event: RconEvent<K>): void {
    this.#dispatch.emit(event.type, event as RconEvents<K>[typeof event.type])
  }
}

/** The insight from a line alone, after a cache has failed. */
function insightOf(message: ServerMessage): Insight {
  const player = 'playerId' in message ? newcomer(message.playerId, message.name) : undefined
  return { player, kicked: false }
}

/** A message on its way to become an event. */
type Unfinished = { -readonly [Field in keyof ServerMessage]: ServerMessage[Field] } & {
  at?: number
  number?: number | undefined
  player?: unknown
  kicked?: boolean
}

/**
 * Makes a message an event, with the fields that the table lists. The cache returns a player for every line about one;
 * the types of the events state which lines those are.
 */
function eventOf<K extends Kind>(
  message: ServerMessage,
  { player, kicked }: { readonly player: unknown; readonly kicked: boolean },
  at: number,
  number: number | undefined,
): RconEvent<K> {
  // The message itself, because spreading it costs more than parsing the line. A cache of the user's may have frozen it.
  const event: Unfinished = Object.isExtensible(message) ? message : { ...message }
  event.at = at
  event.number = number
  const { fields } = EVENTS[message.type]
  if ('player' in fields) event.player = player
  if ('kicked' in fields) event.kicked = kicked
  return event as unknown as RconEvent<K>
}

/** The players known to be on the server, by slot. */
export function playersBySlot<P extends { readonly id: number }>(
  cache: ClientCache,
  model: (data: PlayerData) => P,
): readonly P[] {
  return [...cache.players.values()].map(model).sort((a, b) => a.id - b.id)
}

/** The names in the cache as a table, which is created when a name is looked up. */
function namesIn(cache: ClientCache): NameTable {
  return {
    get: (slot) => cache.players.get(slot)?.name,
    *values() {
      for (const { name } of cache.players.values()) yield name
      return undefined
    },
  }
}
