import type { ClientCache, Insight } from '../cache/client-cache.js'
import { newcomer, type PlayerData } from '../cache/player-data.js'
import type { ConnectionEvent } from '../connection/connection-event.js'
import type { EventDispatcher } from '../dispatcher/event-dispatcher.js'
import type { Player } from '../models/player.js'
import type { NameTable } from '../parsers/known-names.js'
import { parsePlayers } from '../parsers/players-reply.js'
import { parseServerMessage, type ServerMessage } from '../parsers/server-message.js'
import type { RconEvent, RconEvents } from './rcon-event.js'
import type { Kind } from './result-kinds.js'

/** Makes of what a connection tells what its user is told; the cache first, so that listeners find it up to date. */
export class EventReader<K extends Kind> {
  readonly #cache: ClientCache
  readonly #dispatch: EventDispatcher<RconEvents<K>>
  readonly #model: (data: PlayerData) => Player<K>
  readonly #names: NameTable

  constructor(
    cache: ClientCache,
    dispatch: EventDispatcher<RconEvents<K>>,
    model: (data: PlayerData) => Player<K>,
  ) {
    this.#cache = cache
    this.#dispatch = dispatch
    this.#model = model
    this.#names = namesIn(cache)
  }

  read(event: ConnectionEvent): void {
    const { at } = event
    if (event.type === 'connect') this.#guarded(() => this.#cache.beginLogin())
    if (event.type === 'command' && event.text === 'players')
      this.#guarded(() => this.#readPlayers(event.reply, event.sentAfter))
    // Every packet is one of these, and hardly anybody asks for them.
    if (this.#dispatch.listenerCount('rawEvent') > 0) this.#emit({ type: 'rawEvent', at, event })
    this.#emit(event)
    if (event.type === 'connect') this.#emit({ type: 'login', at, address: event.address })
    if (event.type === 'message') this.readMessage(event.text, at, event.number)
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
    this.#emit(event)
    if (event.type !== 'adminMessage') return
    const type = event.target === 'global' ? 'adminAnnouncement' : 'adminWhisper'
    this.#emit({ ...event, type } as RconEvent<K>)
  }

  #readPlayers(reply: string, sentAfter: number): void {
    const players = parsePlayers(reply)
    if (players !== undefined) this.#cache.receivePlayers(players, sentAfter)
  }

  // A cache can be anybody's, and so can those be who are told of its changes.
  #guarded<T>(use: () => T): T | undefined {
    try {
      return use()
    } catch (error) {
      this.#dispatch.emit('error', { type: 'error', error, during: 'cache' } as RconEvents<K>['error'])
      return undefined
    }
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

const ABOUT_A_PLAYER: ReadonlySet<ServerMessage['type']> = new Set([
  'playerConnect',
  'playerGuid',
  'playerVerifyGuid',
  'playerKick',
  'playerMessage',
  'adminMessage',
])

/** What an event has beside its message: only what its type says that it has. */
function insightFields(message: ServerMessage, player: unknown, kicked: boolean): object {
  if (message.type === 'playerDisconnect') return { player, kicked }
  return ABOUT_A_PLAYER.has(message.type) ? { player } : {}
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
