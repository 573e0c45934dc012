// @ts-nocheck
import {
  ANY_DURATION,
  CLIENT_OPTION_NAMES,
  checkNames,
  checkOptions,
  unshownArgument,
} from '@bercon/core/kit'
import type { AsyncRconClientOptions } from '../async-rcon-client.js'

/** Limits and delays of the logins of a pool. */
export interface RconPoolSettings {
  /**
   * First logins under way at the same time; the others wait in order.
   * @default 64
   */
  readonly maxLogins: number
  /**
   * DNS lookups under way at the same time.
   * @default 4
   */
  readonly maxLookups: number
  /**
   * Time before an unanswered first login is tried again, in ms.
   * @default 5000
   */
  readonly retryDelayMs: number
}

/** Defaults of {@link RconPoolSettings}. */
export const RCON_POOL_DEFAULTS: RconPoolSettings = { maxLogins: 64, maxLookups: 4, retryDelayMs: 5_000 }

/** Options for every client of a pool; options passed to `add` override them. A cache is for one server only. */
export type PoolClientOptions = Omit<AsyncRconClientOptions, 'cache' | 'dispatch' | 'connection'>

/** Options for the client of one server. */
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

/** The names of the options of a pool. */
export const POOL_OPTION_NAMES: readonly string[] = [...Object.keys(RCON_POOL_DEFAULTS), 'client']

/** @throws {@link InvalidArgumentError} for options that do not exist, would silently be ignored, or shared by all servers. */
export function refuseShared(options: object, names: readonly string[]): void {
  checkNames(options, CLIENT_OPTION_NAMES)
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && names.includes(name))
      throw unshownArgument(
        name,
        value,
        'undefined',
        `Each server of a pool has its own ${name}; leave it out`,
      )
}
