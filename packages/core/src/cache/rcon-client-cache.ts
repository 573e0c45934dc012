import { joiningSlot, playersProblem } from '../commands/list-problem.js'
import type { PlayerRow, PlayersReply } from '../parsers/players-reply.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { ClientCache, Insight } from './client-cache.js'
import {
  isAnother,
  isSameName,
  newcomer,
  type PlayerData,
  playerIn,
  withGuid,
  withRow,
} from './player-data.js'

type SlotMessage = Extract<
  ServerMessage,
  { type: 'playerConnect' | 'playerGuid' | 'playerVerifyGuid' | 'playerDisconnect' | 'playerKick' }
>

// More than any server has. The server chooses slots freely, so their number must not cost unlimited memory.
const MOST_SLOTS = 4_096

const NO_INSIGHT: Insight = { player: undefined, kicked: false }

/**
 * The players by slot, from messages and from replies to `players`. Lines can arrive late, twice or never, and slots
 * are reused. So a line changes nothing if its number is lower than that of the last line applied to its slot. And a
 * reply neither removes a player who was mentioned after the command was sent, nor restores one who left after that.
 *
 * @example
 * ```ts
 * import { parseServerMessage, RconClientCache } from '@bercon/core'
 *
 * const cache = new RconClientCache()
 * cache.receiveMessage(parseServerMessage('Player #3 Rook (192.0.2.7:2304) connected'), 0)
 * console.log(cache.players.get(3)?.name) // Rook
 * ```
 */
export class RconClientCache implements ClientCache {
  readonly #players = new Map<number, PlayerData>()
  // For each slot, the number of the last line applied to it.
  readonly #heard = new Map<number, number>()
  // By slot, the players with a reported kick but no `disconnected` line yet.
  readonly #kicked = new Map<number, PlayerData>()
  readonly #listeners = new Set<() => void>()
  #adminId: number | undefined
  // The number of the message that contained it.
  #adminNumber = Number.POSITIVE_INFINITY

  get players(): ReadonlyMap<number, PlayerData> {
    return this.#players
  }

  get adminId(): number | undefined {
    return this.#adminId
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  clear(): void {
    this.beginLogin()
    if (this.#players.size === 0) return
    this.#players.clear()
    this.#notify()
  }

  beginLogin(): void {
    this.#heard.clear()
    this.#kicked.clear()
    this.#adminId = undefined
    this.#adminNumber = Number.POSITIVE_INFINITY
  }

  receiveMessage(message: ServerMessage, number: number | undefined): Insight {
    switch (message.type) {
      case 'adminLogin':
        this.#noteAdmin(message.adminId, number)
        return NO_INSIGHT
      case 'playerMessage':
        return { player: this.#named(message.name), kicked: false }
      case 'adminMessage':
        return { player: message.to === undefined ? undefined : this.#named(message.to), kicked: false }
      case 'playerConnect':
      case 'playerGuid':
      case 'playerVerifyGuid':
      case 'playerDisconnect':
      case 'playerKick':
        return this.#receiveLine(message, number)
      default:
        return NO_INSIGHT
    }
  }

  receivePlayers(reply: PlayersReply, sentAfter: number): void {
    // Such a list proves neither who is on the server nor who is not.
    if (playersProblem(reply) !== undefined) return
    let changed = false
    for (const row of reply.players) {
      const player = this.#playerOf(row, sentAfter)
      if (player !== undefined) changed = this.#put(player) || changed
    }
    // A row without enough facts still shows that its slot is occupied.
    const listed = new Set<number | undefined>(reply.badRows.map(joiningSlot))
    for (const { id } of reply.players) listed.add(id)
    for (const slot of this.#players.keys())
      if (!listed.has(slot) && !this.#heardSince(slot, sentAfter))
        changed = this.#players.delete(slot) || changed
    if (changed) this.#notify()
  }

  /**
   * The first one after the login is the client's own (W2): the first by number, because messages overtake each other.
   */
  #noteAdmin(adminId: number, number = Number.MAX_SAFE_INTEGER): void {
    if (number >= this.#adminNumber) return
    this.#adminId = adminId
    this.#adminNumber = number
  }

  #receiveLine(message: SlotMessage, number: number | undefined): Insight {
    const { playerId: slot, name } = message
    const player = this.#players.get(slot)
    const known = player !== undefined && isSameName(player.name, name) ? player : undefined
    if (number !== undefined) {
      // Too old to change anything.
      if (number < (this.#heard.get(slot) ?? number))
        return { player: known ?? newcomer(slot, name), kicked: false, late: true }
      this.#heard.set(slot, number)
      forgetOldest(this.#heard)
    }
    if (message.type === 'playerDisconnect') return this.#leave(slot, name, known)
    if (message.type === 'playerKick') return this.#kick(message, known)
    const seen = learned(message, known)
    if (this.#put(seen)) this.#notify()
    return { player: seen, kicked: false }
  }

  #leave(slot: number, name: string, known: PlayerData | undefined): Insight {
    const kicked = this.#kicked.get(slot)
    this.#kicked.delete(slot)
    // Whichever player is in the slot has left it. If the name differs, the line that they connected was lost.
    if (this.#players.delete(slot)) this.#notify()
    if (kicked !== undefined && isSameName(kicked.name, name)) return { player: kicked, kicked: true }
    return { player: known ?? newcomer(slot, name), kicked: false }
  }

  #kick(message: Extract<SlotMessage, { type: 'playerKick' }>, known: PlayerData | undefined): Insight {
    const { playerId: slot, name, guid } = message
    const subject = known ?? newcomer(slot, name)
    const player = guid === undefined ? subject : withGuid(subject, guid)
    // An ambiguous line removes nobody; after a real kick the server also sends the `disconnected` line.
    if (message.ambiguous) return { player, kicked: false }
    this.#kicked.set(slot, player)
    forgetOldest(this.#kicked)
    if (this.#players.delete(slot)) this.#notify()
    return { player, kicked: false }
  }

  /** The player that a row shows; `undefined` if the row may be older than what is known about its slot. */
  #playerOf(row: PlayerRow, sentAfter: number): PlayerData | undefined {
    const player = this.#players.get(row.id)
    const known = player === undefined ? undefined : withRow(player, row)
    if (known !== undefined) return known
    return this.#heardSince(row.id, sentAfter) ? undefined : playerIn(row)
  }

  #heardSince(slot: number, sentAfter: number): boolean {
    return (this.#heard.get(slot) ?? Number.NEGATIVE_INFINITY) > sentAfter
  }

  #put(player: PlayerData): boolean {
    if (this.#players.get(player.id) === player) return false
    this.#players.set(player.id, player)
    forgetOldest(this.#players)
    this.#kicked.delete(player.id)
    return true
  }

  /** The only player with that name; `undefined` if several have it. */
  #named(name: string): PlayerData | undefined {
    let found: PlayerData | undefined
    for (const player of this.#players.values()) {
      if (player.name !== name) continue
      if (found !== undefined) return undefined
      found = player
    }
    return found
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The player that a row of `players` shows: as the cache knows them if it agrees, otherwise as in the row. */
export function playerShown(cache: Pick<ClientCache, 'players'>, row: PlayerRow): PlayerData {
  const cached = cache.players.get(row.id)
  return cached !== undefined && withRow(cached, row) === cached ? cached : playerIn(row)
}

/** What a line says about the player in its slot: the one known to be there, or a new one. */
function learned(
  message: Exclude<SlotMessage, { type: 'playerDisconnect' | 'playerKick' }>,
  known: PlayerData | undefined,
): PlayerData {
  const { playerId: slot, name } = message
  if (message.type === 'playerConnect') {
    const { ip, port } = message
    // If a reply to `players` already showed a player who connected, the line is about the same player.
    const isSame = known !== undefined && known.ip === ip && known.port === port
    return isSame ? known : { ...newcomer(slot, name), ip, port }
  }
  const { guid } = message
  // A headless client is verified without a GUID, and a number other than the GUID is not a fact about the player.
  if (guid === undefined || (message.type === 'playerGuid' && OTHER_NUMBERS.has(message.label)))
    return known ?? newcomer(slot, name)
  const player = known === undefined || isAnother(known, guid) ? newcomer(slot, name) : known
  return message.type === 'playerVerifyGuid' ? withGuid(player, guid, true) : withGuid(player, guid)
}

// A number that Arma keeps from earlier, and that of a headless client's owner.
const OTHER_NUMBERS: ReadonlySet<string> = new Set(['Legacy GUID', 'Owner GUID'])

/** Limits a map by slots to the size of the cache. */
export function forgetOldest(slots: Map<number, unknown>): void {
  if (slots.size <= MOST_SLOTS) return
  for (const oldest of slots.keys()) {
    slots.delete(oldest)
    return
  }
}
