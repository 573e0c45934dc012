import type { ClientCache, Insight } from '../cache/client-cache.js'
import { newcomer, type PlayerData } from '../cache/player-data.js'
import { playersProblem } from '../commands/list-problem.js'
import type { ConnectionEvent } from '../connection/connection-event.js'
import { type EventDispatcher, isThenable } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { NameTable } from '../parsers/known-names.js'
import { parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage, type ServerMessage } from '../parsers/server-message.js'
import type { Kind } from '../performer.js'
import { EVENTS } from './event-table.js'
import { GapRecord } from './gap-record.js'
import type { JoinOrLeave } from './joins-and-leaves.js'
import type { RconEvent, RconEvents } from './rcon-event.js'
import { Roster } from './roster.js'

type CommandEvent = Extract<ConnectionEvent, { readonly type: 'command' }>
type JoinOrLeaveEvent<K extends Kind> = Extract<RconEvent<K>, { readonly type: 'joinOrLeave' }>

const changesByEvent = new WeakMap<object, readonly unknown[]>()

/** Who joins or leaves by the line that an event stands for: mostly one or nobody. */
export function joinsAndLeavesOf<K extends Kind>(event: RconEvent<K>): readonly JoinOrLeaveEvent<K>[] {
  return (changesByEvent.get(event) as readonly JoinOrLeaveEvent<K>[] | undefined) ?? []
}

/** What a reader needs of its client. */
interface ReaderClient<K extends Kind> {
  readonly cache: ClientCache
  readonly dispatch: EventDispatcher<RconEvents<K>>
  /** Calls `readMessage`, unless a subclass does otherwise. */
  onMessage(text: string, options: { readonly number: number; readonly at: number }): void
}

/** Makes of what a connection tells what its user is told; the cache first, so that listeners find it up to date. */
export class EventReader<K extends Kind> {
  readonly #client: ReaderClient<K>
  readonly #cache: ClientCache
  readonly #dispatch: EventDispatcher<RconEvents<K>>
  readonly #model: (data: PlayerData) => Player<K>
  readonly #names: NameTable
  #gaps = new GapRecord()
  #roster = new Roster()
  // Whether the connection is closed: the next login may be at another server.
  #state: 'open' | 'closed' = 'open'
  #unreadableRows = 0

  constructor(client: ReaderClient<K>, model: (data: PlayerData) => Player<K>) {
    this.#client = client
    this.#cache = client.cache
    this.#dispatch = client.dispatch
    this.#model = model
    this.#names = namesIn(client.cache)
  }

  /** Rows of lists of players that could not be read, so far. */
  get unreadableRows(): number {
    return this.#unreadableRows
  }

  /** Its own function, so that a connection calls it directly. */
  readonly read = (event: ConnectionEvent): void => {
    const { at } = event
    if (event.type === 'connect') this.#beginLogin()
    if (event.type === 'disconnect' && event.reason !== 'forgotten') this.#state = 'closed'
    const gap = this.#gaps.follow(event)
    const isList = event.type === 'command' && event.text === 'players'
    const news = isList ? this.#guarded(() => this.#readPlayers(event)) : undefined
    // Every packet is one of these, and hardly anybody asks for them.
    if (this.#dispatch.listenerCount('rawEvent') > 0) this.#emit({ type: 'rawEvent', at, event })
    if (gap !== undefined) this.#emit({ type: 'gap', at, ...gap })
    this.#emit(event)
    for (const told of news ?? []) this.#emit(told)
    if (event.type === 'connect') this.#emit({ type: 'login', at, address: event.address })
    if (event.type !== 'message') return
    try {
      const outcome: unknown = this.#client.onMessage(event.text, event)
      if (isThenable(outcome)) outcome.then(undefined, (error) => this.#fail(error, 'onMessage'))
    } catch (error) {
      this.#fail(error, 'onMessage')
    }
  }

  /** One line: what it says to the cache, and the events that it stands for. */
  readMessage(text: string, at: number, number: number | undefined): void {
    const message =
      this.#guarded(() => parseServerMessage(text, { players: this.#names })) ?? parseServerMessage(text)
    const insight = this.#guarded(() => this.#cache.receiveMessage(message, number)) ?? insightOf(message)
    const { player: data, kicked } = insight
    const player = data === undefined ? undefined : this.#model(data)
    // The cache gives a player for every line that is about one; the types of the events say which those are.
    const event = { ...message, at, number, ...insightFields(message, player, kicked) } as RconEvent<K>
    const changes = this.#changesBy(message, insight, at)
    if (changes.length > 0) changesByEvent.set(event, changes)
    // Without `#emit`: chat is the most frequent event, and its stack trace the one that users see.
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

  /** A list for the cache, where it is whole; the events that it stands for. */
  #readPlayers({ at, reply, sentAfter }: CommandEvent): readonly RconEvent<K>[] {
    const list = parsePlayers(reply)
    if (list === undefined) return []
    const { badRows: rows } = list
    this.#unreadableRows += rows.length
    const problem = playersProblem(list)
    const taken = problem === undefined
    const about = { type: 'listProblem', at, command: 'players', rows, taken } as const
    if (!taken) return [{ ...about, problem }]
    this.#cache.receivePlayers(list, sentAfter)
    return [
      ...(rows.length === 0 ? [] : [{ ...about, problem: 'unreadable-row' } as const]),
      ...this.#told(this.#roster.list(this.#cache.players), at, 'list'),
      { type: 'players', at, players: playersBySlot(this.#cache, this.#model) },
    ]
  }

  #changesBy(message: ServerMessage, insight: Insight, at: number): readonly JoinOrLeaveEvent<K>[] {
    if (!isAboutASlot(message)) return []
    const changes = () => this.#roster.follow(message, insight, this.#cache.players)
    return this.#told(this.#guarded(changes) ?? [], at, 'line')
  }

  #told(
    changes: readonly JoinOrLeave<PlayerData>[],
    at: number,
    seen: 'line' | 'list',
  ): readonly JoinOrLeaveEvent<K>[] {
    return changes.map((change) => {
      const player = this.#model(change.player)
      return { ...change, type: 'joinOrLeave', at, seen, player }
    })
  }

  // A cache can be anybody's, and so can those be who are told of its changes.
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

/** What a line alone tells, where a cache has failed. */
function insightOf(message: ServerMessage): Insight {
  const player = 'playerId' in message ? newcomer(message.playerId, message.name) : undefined
  return { player, kicked: false }
}

/** Whether the line shows who is in a slot. */
function isAboutASlot(message: ServerMessage): boolean {
  return 'playerId' in message && 'player' in EVENTS[message.type].fields
}

/** What an event has beside its message: only what the table says that it has. */
function insightFields(message: ServerMessage, player: unknown, kicked: boolean): object {
  const { fields } = EVENTS[message.type]
  if (!('player' in fields)) return {}
  return 'kicked' in fields ? { player, kicked } : { player }
}

/** Who is known to be on the server, by slot. */
export function playersBySlot<P extends { readonly id: number }>(
  cache: ClientCache,
  model: (data: PlayerData) => P,
): readonly P[] {
  return [...cache.players.values()].map(model).sort((a, b) => a.id - b.id)
}

/** The names in the cache as a table, made at the moment at which one is looked up. */
function namesIn(cache: ClientCache): NameTable {
  return {
    get: (slot) => cache.players.get(slot)?.name,
    *values() {
      for (const { name } of cache.players.values()) yield name
      return undefined
    },
  }
}
