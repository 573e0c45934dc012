import { checkOptions, InvalidArgumentError, type OptionRange } from '@bercon/server/kit'

/** How a {@link ReforgerWorld} behaves. Intervals are means; `Infinity` turns what they time off. */
export interface ReforgerWorldOptions {
  /**
   * What all chance comes from: a whole number from 0 to 4294967295.
   * @default 1
   */
  readonly seed: number
  /**
   * Whether bots come and go; without, nothing happens but what you do.
   * @default true
   */
  readonly bots: boolean
  /**
   * Whether bots also have the names that break parsers.
   * @default false
   */
  readonly hostileNames: boolean
  /**
   * How many bots are in the game from the start, as far as there is room.
   * @default 12
   */
  readonly initialPlayers: number
  /**
   * How many the game has room for: from 1 to 4096.
   * @default 128
   */
  readonly maxPlayers: number
  /**
   * How many RCON clients the game takes, from 1 to 16, as `maxClients` in its `config.json`; a login beyond is not
   * answered until `@logout`, or silence, frees a place.
   * @default 16
   */
  readonly maxClients: number
  /**
   * The only commands that it carries out, written as here (`#players`), as `whitelist` in its `config.json`; empty for
   * all.
   * @default []
   */
  readonly whitelist: readonly string[]
  /**
   * Mean time between two bots who join, in milliseconds.
   * @default 60_000
   */
  readonly joinIntervalMs: number
  /**
   * Mean time that a bot stays, in milliseconds.
   * @default 1_800_000
   */
  readonly stayMs: number
  /**
   * Bytes of one message of a long output; it is cut there, wherever that is.
   * @default 1024
   */
  readonly chunkBytes: number
  /**
   * Time between two messages of an output, in milliseconds.
   * @default 0
   */
  readonly chunkDelayMs: number
  /**
   * How long the server looks for the list of bans, in milliseconds, after it has said that it does.
   * @default 50
   */
  readonly banListDelayMs: number
  /**
   * How many bans are kept; with no room left, a ban fails.
   * @default 10_000
   */
  readonly maxBans: number
}

/** What a Reforger world does unless told otherwise. */
export const REFORGER_WORLD_DEFAULTS: ReforgerWorldOptions = {
  seed: 1,
  bots: true,
  hostileNames: false,
  initialPlayers: 12,
  maxPlayers: 128,
  maxClients: 16,
  whitelist: [],
  joinIntervalMs: 60_000,
  stayMs: 1_800_000,
  chunkBytes: 1_024,
  chunkDelayMs: 0,
  banListDelayMs: 50,
  maxBans: 10_000,
}

const INTERVAL: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY }
const DELAY: OptionRange = { min: 0, max: 3_600_000 }
const MOST_PLAYERS = 4096

/** @throws `InvalidArgumentError` naming the option that is out of range or unknown. */
export function checkReforgerOptions(given: Partial<ReforgerWorldOptions>): ReforgerWorldOptions {
  const { whitelist = [] } = given
  if (!Array.isArray(whitelist) || whitelist.some((word) => typeof word !== 'string'))
    throw new InvalidArgumentError('whitelist', whitelist, 'an array of commands')
  return checkOptions(given, REFORGER_WORLD_DEFAULTS, {
    seed: { min: 0, max: 2 ** 32 - 1, integer: true },
    initialPlayers: { min: 0, max: MOST_PLAYERS, integer: true },
    maxPlayers: { min: 1, max: MOST_PLAYERS, integer: true },
    maxClients: { min: 1, max: 16, integer: true },
    joinIntervalMs: INTERVAL,
    stayMs: INTERVAL,
    chunkBytes: { min: 1, max: 60_000, integer: true },
    chunkDelayMs: DELAY,
    banListDelayMs: DELAY,
    maxBans: { min: 0, max: 10_000_000, integer: true },
  })
}
