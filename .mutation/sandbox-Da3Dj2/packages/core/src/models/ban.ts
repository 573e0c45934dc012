// @ts-nocheck
import { InvalidArgumentError } from '@bercon/protocol'
import type { ListedBan, Unbanned } from '../commands/unban.js'
import type { CallOptions } from '../connection/connection.js'
import type { BanRow } from '../parsers/bans-reply.js'
import type { Kind, Result } from '../performer.js'

/** What a ban needs of the client that listed it. */
export interface BanClient<K extends Kind> {
  /** Removes a ban that was listed before. */
  unban(ban: ListedBan, options?: CallOptions): Result<K, Unbanned>
}

/** `Ban`, or a subclass with the same constructor. */
export type BanClass<K extends Kind, B extends Ban<K>> = new (client: BanClient<K>, row: BanRow) => B

/** Options of `fetchBans`. */
export interface BansOptions<K extends Kind, B extends Ban<K> = Ban<K>> extends CallOptions {
  /**
   * The class of the bans, a subclass of `Ban`.
   * @default Ban
   */
  readonly cls?: BanClass<K, B> | undefined
}

/** @throws {@link InvalidArgumentError} for a value that cannot be called with `new`. */
export function checkBanClass(cls: unknown): void {
  if (cls === undefined || (typeof cls === 'function' && cls.prototype !== undefined)) return
  throw new InvalidArgumentError('cls', cls, 'a class that extends Ban')
}

/**
 * A ban as the server listed it at one moment. `JSON.stringify(ban)` is its data.
 *
 * @example
 * ```ts
 * import { AsyncRconClient, Ban } from '@bercon/client'
 *
 * class DatedBan extends Ban {
 *   readonly until = new Date(Date.now() + (this.minutesLeft ?? 0) * 60_000)
 * }
 *
 * const reply = 'GUID Bans:\n\nIP Bans:\n0  192.0.2.166     90   spam'
 * const [ban] = new AsyncRconClient().parseBans(reply, { cls: DatedBan })
 * console.log(ban?.id, ban?.until instanceof Date) // 192.0.2.166 true
 * ```
 */
export class Ban<K extends Kind = Kind> {
  /** The number in the list, which changes whenever the list does. */
  readonly index: number
  /** The GUID or IP address. */
  readonly id: string
  readonly kind: 'guid' | 'ip'
  /** `undefined` for a permanent or expired ban. */
  readonly minutesLeft: number | undefined
  readonly isPermanent: boolean
  /** Expired, but still listed: the server drops it when it writes its file. */
  readonly isExpired: boolean
  readonly reason: string
  readonly #client: BanClient<K>

  constructor(client: BanClient<K>, row: BanRow) {
    this.#client = client
    this.index = row.id
    this.id = row.target
    this.kind = row.kind
    this.minutesLeft = row.minutesLeft
    this.isPermanent = row.expires === 'never'
    this.isExpired = row.expires === 'expired'
    this.reason = row.reason
  }

  /** Removes this ban, like the client's `unban`. Returns `false` if it is no longer listed. */
  unban(options?: CallOptions): Result<K, Unbanned> {
    return this.#client.unban(this, options)
  }

  /** The GUID or IP address. */
  toString(): string {
    return this.id
  }
}
