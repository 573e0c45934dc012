import { InvalidArgumentError } from '@bercon/protocol'
import type { PlayerData } from '../cache/player-data.js'
import { addBan, ban, kick } from '../commands/moderation.js'
import type { Remark } from '../commands/plain-reply.js'
import { say } from '../commands/speaking.js'
import type { CallOptions } from '../connection/connection.js'
import type { Kind, Performer, Result } from '../performer.js'
import { ask, type Command } from '../steps.js'

/** What a player needs of the client that knows them. */
interface PlayerClient<K extends Kind> extends Performer<K> {
  getPlayer(id: number): Pick<PlayerData, 'name' | 'guid'> | undefined
}

/**
 * A player as the client knew it at a moment. It does not change: `client.getPlayer(player.id)` is the current one.
 * `String(player)` is the name, `JSON.stringify(player)` its data.
 */
export class Player<K extends Kind = Kind> {
  /** The slot. */
  readonly id: number
  readonly name: string
  /** Nothing until the server has told it. */
  readonly guid: string | undefined
  /** Whether the server has verified the GUID. */
  readonly isGuidValid: boolean
  /** `ip:port`; nothing until it is known. */
  readonly addr: string | undefined
  readonly ip: string | undefined
  readonly port: number | undefined
  /** In ms, as of the last `players` reply; -1 until it is measured. */
  readonly ping: number
  readonly inLobby: boolean
  readonly #client: PlayerClient<K>

  constructor(client: PlayerClient<K>, data: PlayerData) {
    this.#client = client
    this.id = data.id
    this.name = data.name
    this.guid = data.guid
    this.isGuidValid = data.isGuidValid
    this.addr = data.ip === undefined ? undefined : `${data.ip}:${data.port}`
    this.ip = data.ip
    this.port = data.port
    this.ping = data.ping
    this.inLobby = data.inLobby
  }

  /** Whether the client still knows this player, in this slot. */
  isConnected(): boolean {
    const current = this.#client.getPlayer(this.id)
    return current?.name === this.name && (this.guid === undefined || current.guid === this.guid)
  }

  /** Kicks whoever is in the slot. @throws {@link InvalidArgumentError} as `kick` does. */
  kick(reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => kick(this.id, reason), options)
  }

  /** Bans whoever is in the slot, for so many minutes, or for ever. @throws {@link InvalidArgumentError} as `ban` does. */
  ban(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => ban(this.id, minutes, reason), options)
  }

  /** Bans the GUID, whether the player is still there or not. @throws {@link InvalidArgumentError} while it is unknown. */
  banGuid(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => addBan(this.#known('guid', this.guid), minutes, reason), options)
  }

  /** Bans the IP address. @throws {@link InvalidArgumentError} while it is unknown. */
  banIp(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => addBan(this.#known('ip', this.ip), minutes, reason), options)
  }

  /** Says something to this player only. */
  send(message: string, options?: CallOptions): Result<K, Remark> {
    return this.#ask(() => say(this.id, message), options)
  }

  /** The name. */
  toString(): string {
    return this.name
  }

  // What is wrong with an argument comes out where every other error of the operation does.
  #ask<T>(command: () => Command<T>, options?: CallOptions): Result<K, T> {
    return this.#client.perform(() => ask(command()), options)
  }

  #known(field: 'guid' | 'ip', value: string | undefined): string {
    if (value !== undefined) return value
    throw new InvalidArgumentError(field, value, 'known: ask fetchPlayers() first')
  }
}

/** One object for each player as known at a moment, so that whoever does not change keeps their identity. */
export function playerModels<K extends Kind>(client: PlayerClient<K>): (data: PlayerData) => Player<K> {
  const models = new WeakMap<PlayerData, Player<K>>()
  return (data) => {
    const known = models.get(data)
    if (known !== undefined) return known
    const player = new Player<K>(client, data)
    models.set(data, player)
    return player
  }
}
