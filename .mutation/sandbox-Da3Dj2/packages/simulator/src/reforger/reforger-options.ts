// @ts-nocheck
import { checkOptions, InvalidArgumentError, type OptionRange } from '@bercon/server/kit'

/** Options of a {@link ReforgerWorld}. Intervals are means; `Infinity` turns their event off. */
export interface ReforgerWorldOptions {
  /**
   * Random seed: a whole number from 0 to 4294967295.
   * @default 1
   */
  readonly seed: number
  /**
   * Whether bots join and leave; otherwise only your calls change the world.
   * @default true
   */
  readonly bots: boolean
  /**
   * Whether bots also use names that break parsers.
   * @default false
   */
  readonly hostileNames: boolean
  /**
   * Number of bots in the game at the start, if there is room.
   * @default 12
   */
  readonly initialPlayers: number
  /**
   * Most players in the game, from 1 to 4096.
   * @default 128
   */
  readonly maxPlayers: number
  /**
   * Most RCON clients, from 1 to 16, like `maxClients` in its `config.json`. A further login is not answered until
   * `@logout` or silence frees a place.
   * @default 16
   */
  readonly maxClients: number
  /**
   * The only commands that are executed, spelled as here (`#players`), like `whitelist` in its `config.json`; empty for
   * all.
   * @default []
   */
  readonly whitelist: readonly string[]
  /**
   * Mean time between two joins of bots, in milliseconds.
   * @default 60_000
   */
  readonly joinIntervalMs: number
  /**
   * Mean time that a bot stays, in milliseconds.
   * @default 1_800_000
   */
  readonly stayMs: number
  /**
   * Bytes per message of a long output, which is cut at exactly that length.
   * @default 1024
   */
  readonly chunkBytes: number
  /**
   * Time between two messages of an output, in milliseconds.
   * @default 0
   */
  readonly chunkDelayMs: number
  /**
   * Time between the message that the server is getting the list of bans and the list, in milliseconds.
   * @default 50
   */
  readonly banListDelayMs: number
  /**
   * Most bans; beyond it a ban fails.
   * @default 10_000
   */
  readonly maxBans: number
}

/** The default options of a Reforger world. */
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

/** @throws `InvalidArgumentError` naming an option that is unknown or out of range. */
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
