// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import type { PlayerData } from '../cache/player-data.js'
import type { Remark } from '../commands/plain-reply.js'
import type { CallOptions } from '../connection/connection.js'
import type { Kind, Performer, Result } from '../performer.js'

/** What a player needs of its client. */
interface PlayerClient<K extends Kind> extends Performer<K> {
  getPlayer(id: number): Pick<PlayerData, 'name' | 'guid'> | undefined
  kick(playerId: number, reason?: string, options?: CallOptions): Result<K, Remark>
  ban(target: number | string, ...terms: BanTerms): Result<K, Remark>
  whisper(playerId: number, message: string, options?: CallOptions): Result<K, Remark>
}

/** The length and reason of a ban. */
type BanTerms = [minutes?: number, reason?: string, options?: CallOptions]

/**
 * A player as the client knew them at one moment. The object does not change; `client.getPlayer(player.id)` returns the
 * current one. Its methods call the client's, so that an override there affects every call. `String(player)` is the
 * name, `JSON.stringify(player)` the data.
 */
export class Player<K extends Kind = Kind> {
  /** The slot. */
  readonly id: number
  readonly name: string
  /** `undefined` until the server sends it. */
  readonly guid: string | undefined
  /** Whether the server has verified the GUID. */
  readonly isGuidValid: boolean
  /** `ip:port`; `undefined` until it is known. */
  readonly addr: string | undefined
  readonly ip: string | undefined
  readonly port: number | undefined
  /** In ms, from the last `players` reply; -1 until it is measured. */
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

  /** Whether the client still knows this player in this slot. */
  isConnected(): boolean {
    const current = this.#client.getPlayer(this.id)
    return current?.name === this.name && (this.guid === undefined || current.guid === this.guid)
  }

  /** Kicks the player now in the slot. @throws {@link InvalidArgumentError} like `kick`. */
  kick(reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#client.kick(this.id, reason, options)
  }

  /** Bans the player now in the slot for `minutes`, or permanently. @throws {@link InvalidArgumentError} like `ban`. */
  ban(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#client.ban(this.id, minutes, reason, options)
  }

  /**
   * Bans the GUID, whether or not the player is still there. @throws {@link InvalidArgumentError} while it is unknown.
   */
  banGuid(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#banBy('guid', minutes, reason, options)
  }

  /** Bans the IP address. @throws {@link InvalidArgumentError} while it is unknown. */
  banIp(minutes?: number, reason?: string, options?: CallOptions): Result<K, Remark> {
    return this.#banBy('ip', minutes, reason, options)
  }

  /** Sends a message to this player only. */
  send(message: string, options?: CallOptions): Result<K, Remark> {
    return this.#client.whisper(this.id, message, options)
  }

  /** The name. */
  toString(): string {
    return this.name
  }

  #banBy(field: 'guid' | 'ip', ...terms: BanTerms): Result<K, Remark> {
    const target = this[field]
    if (target !== undefined) return this.#client.ban(target, ...terms)
    // Inside the operation, so that it fails like the operation's other errors.
    return this.#client.perform(() => {
      throw new InvalidArgumentError(
        field,
        target,
        'known',
        `The ${WORDS[field]} of this player is not known yet; call fetchPlayers() and use the player that it returns`,
      )
    }, terms[2])
  }
}

const WORDS = { guid: 'GUID', ip: 'IP address' } as const

/** Returns the same object for a player whose data has not changed, so that their identity is stable. */
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
