import { ANY_DURATION, checkOptions, unshownArgument } from '@bercon/core'
import type { AsyncRconClientOptions } from '../async-rcon-client.js'

/** How a pool logs in to many servers. */
export interface RconPoolSettings {
  /**
   * First logins under way at the same time; the others wait in order.
   * @default 64
   */
  readonly maxLogins: number
  /**
   * Look-ups of host names under way at the same time.
   * @default 4
   */
  readonly maxLookups: number
  /**
   * Time until a first login that nobody answered is tried again, in ms.
   * @default 5000
   */
  readonly retryDelayMs: number
}

/** What a pool does unless told otherwise. */
export const RCON_POOL_DEFAULTS: RconPoolSettings = { maxLogins: 64, maxLookups: 4, retryDelayMs: 5_000 }

/** What every client of a pool is made with, unless `add` says otherwise; a cache is for one server only. */
export type PoolClientOptions = Omit<AsyncRconClientOptions, 'cache' | 'dispatch' | 'connection'>

/** What the client of one server is made with. */
export type PoolServerOptions = PoolClientOptions & Pick<AsyncRconClientOptions, 'cache'>

const COUNT = { min: 1, max: 10_000, integer: true } as const

/** @throws {@link InvalidArgumentError} naming a setting that is out of range or unknown. */
export function checkSettings(settings: Partial<RconPoolSettings>): RconPoolSettings {
  return checkOptions(settings, RCON_POOL_DEFAULTS, {
    maxLogins: COUNT,
    maxLookups: COUNT,
    retryDelayMs: ANY_DURATION,
  })
}

/** @throws {@link InvalidArgumentError} for what would be lost, or shared by all servers, without a word. */
export function refuseShared(options: object, names: readonly string[]): void {
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && names.includes(name))
      throw unshownArgument(name, value, 'left out: each server of a pool has its own')
}
