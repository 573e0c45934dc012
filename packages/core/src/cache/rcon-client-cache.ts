import { joiningSlot, playersProblem } from '../commands/list-problem.js'
import type { PlayerRow, PlayersReply } from '../parsers/players-reply.js'
import type { ServerMessage } from '../parsers/server-message.js'
import type { ClientCache, Insight } from './client-cache.js'
import { isAnother, isSameName, learn, newcomer, type PlayerData, rowNews, withRow } from './player-data.js'

type SlotMessage = Extract<
  ServerMessage,
  { type: 'playerConnect' | 'playerGuid' | 'playerVerifyGuid' | 'playerDisconnect' | 'playerKick' }
>

// More than any server has. Slots are numbers that the server makes up, and are not worth all the memory there is.
const MOST_SLOTS = 4_096

const NO_INSIGHT: Insight = { player: undefined, kicked: false }

/**
 * Players by slot, from messages and from replies to `players`. Lines come late, twice or never, and slots are taken
 * over. So a line about a slot that is older than the last one applied to it changes nothing, by the messages'
 * numbers; and a reply takes away nobody who was heard of, and brings back nobody who left, after the command was
 * sent.
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
  // Of each slot, the number of the last line that was applied to it.
  readonly #heard = new Map<number, number>()
  // Those whose kick was told and whose leaving was not, by slot.
  readonly #kicked = new Map<number, PlayerData>()
  readonly #listeners = new Set<() => void>()
  #adminId: number | undefined
  // The number of the message that told it.
  #adminToldBy = Number.POSITIVE_INFINITY

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
    this.#tell()
  }

  beginLogin(): void {
    this.#heard.clear()
    this.#kicked.clear()
    this.#adminId = undefined
    this.#adminToldBy = Number.POSITIVE_INFINITY
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
    // Neither who is on such a list nor who is not can be relied on.
    if (playersProblem(reply) !== undefined) return
    let changed = false
    // Somebody is there in the slot of a row that does not say enough of them.
    const listed = new Set(reply.badRows.map(joiningSlot))
    for (const row of reply.players) {
      listed.add(row.id)
      const player = this.#playerOf(row, sentAfter)
      if (player !== undefined) changed = this.#put(player) || changed
    }
    for (const slot of [...this.#players.keys()])
      if (!listed.has(slot) && !this.#heardSince(slot, sentAfter))
        changed = this.#players.delete(slot) || changed
    if (changed) this.#tell()
  }

  /** The first one after the login is our own (W2), first by its number: messages overtake each other. */
  #noteAdmin(adminId: number, number = Number.MAX_SAFE_INTEGER): void {
    if (number >= this.#adminToldBy) return
    this.#adminId = adminId
    this.#adminToldBy = number
  }

  #receiveLine(message: SlotMessage, number: number | undefined): Insight {
    const { playerId: slot, name } = message
    const player = this.#players.get(slot)
    const known = player !== undefined && isSameName(player.name, name) ? player : undefined
    if (number !== undefined) {
      // Too late to change anything.
      if (number < (this.#heard.get(slot) ?? number))
        return { player: known ?? newcomer(slot, name), kicked: false, late: true }
      this.#heard.set(slot, number)
      forgetOldest(this.#heard)
    }
    if (message.type === 'playerDisconnect') return this.#leave(slot, name, known)
    if (message.type === 'playerKick') return this.#kick(message, known)
    const seen = learned(message, known)
    if (this.#put(seen)) this.#tell()
    return { player: seen, kicked: false }
  }

  #leave(slot: number, name: string, known: PlayerData | undefined): Insight {
    const kicked = this.#kicked.get(slot)
    this.#kicked.delete(slot)
    // Whoever is in the slot has left it: one with another name was never told to have come.
    if (this.#players.delete(slot)) this.#tell()
    if (kicked !== undefined && isSameName(kicked.name, name)) return { player: kicked, kicked: true }
    return { player: known ?? newcomer(slot, name), kicked: false }
  }

  #kick(message: Extract<SlotMessage, { type: 'playerKick' }>, known: PlayerData | undefined): Insight {
    const { playerId: slot, name, guid } = message
    const told = known ?? newcomer(slot, name)
    const player = guid === undefined ? told : learn(told, { guid })
    // A line that can be read in two ways takes nobody away; after a real kick the leaving is told as well.
    if (message.ambiguous) return { player, kicked: false }
    this.#kicked.set(slot, player)
    forgetOldest(this.#kicked)
    if (this.#players.delete(slot)) this.#tell()
    return { player, kicked: false }
  }

  /** The player whom a row shows; nothing when the row may be older than what is known of its slot. */
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

  /** The one player with that name; nothing when two have it. */
  #named(name: string): PlayerData | undefined {
    let found: PlayerData | undefined
    for (const player of this.#players.values()) {
      if (player.name !== name) continue
      if (found !== undefined) return undefined
      found = player
    }
    return found
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The player whom a row of `players` shows: as the cache has him where that agrees, else as the row says. */
export function playerShown(cache: Pick<ClientCache, 'players'>, row: PlayerRow): PlayerData {
  const cached = cache.players.get(row.id)
  return cached !== undefined && withRow(cached, row) === cached ? cached : playerIn(row)
}

function playerIn(row: PlayerRow): PlayerData {
  return { ...newcomer(row.id, row.name), ...rowNews(row) }
}

/** What a line says of the player in its slot: of the one who is known to be there, or of a new one. */
function learned(
  message: Exclude<SlotMessage, { type: 'playerDisconnect' | 'playerKick' }>,
  known: PlayerData | undefined,
): PlayerData {
  const { playerId: slot, name } = message
  if (message.type === 'playerConnect') {
    const { ip, port } = message
    // A line that comes after a reply to `players` has shown who connected is no second player.
    const isSame = known !== undefined && known.ip === ip && known.port === port
    return isSame ? known : { ...newcomer(slot, name), ip, port }
  }
  const { guid } = message
  // A headless client is verified without a GUID, and what is another number than the GUID teaches nothing.
  if (guid === undefined || (message.type === 'playerGuid' && OTHER_NUMBERS.has(message.label)))
    return known ?? newcomer(slot, name)
  const player = known === undefined || isAnother(known, guid) ? newcomer(slot, name) : known
  return learn(player, message.type === 'playerVerifyGuid' ? { guid, isGuidValid: true } : { guid })
}

// One that Arma keeps from before, and that of a headless client's owner.
const OTHER_NUMBERS: ReadonlySet<string> = new Set(['Legacy GUID', 'Owner GUID'])

/** Keeps a map by slots to as many as the cache keeps. */
export function forgetOldest(slots: Map<number, unknown>): void {
  if (slots.size <= MOST_SLOTS) return
  for (const oldest of slots.keys()) {
    slots.delete(oldest)
    return
  }
}
