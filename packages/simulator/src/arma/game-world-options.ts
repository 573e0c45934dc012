import { checkOptions, InvalidArgumentError, type OptionRange } from '@bercon/server/kit'
import { GAME_KINDS, type Game } from './game-kinds.js'
import type { GuidLabel } from './message-lines.js'

/** How a {@link GameWorld} behaves. Intervals are means; `Infinity` turns what they time off. */
export interface GameWorldOptions {
  /**
   * What all chance comes from: a whole number from 0 to 4294967295.
   * @default 1
   */
  readonly seed: number
  /** @default 'arma3' */
  readonly game: Game
  /**
   * How the GUID of a joining player is announced, which is by the version of BattlEye.
   * @default 'BE GUID'
   */
  readonly guidLabel: GuidLabel
  /**
   * Whether bots have a second, older GUID announced after the verification, as on Arma 2 OA.
   * @default false
   */
  readonly legacyGuids: boolean
  /**
   * Whether the world plays bots and the BE Master lines; without, nothing happens but what you do.
   * @default true
   */
  readonly bots: boolean
  /**
   * Whether bots also have the names and say the things that break parsers (`: `, ` disconnected`, none at all …).
   * @default false
   */
  readonly hostileNames: boolean
  /**
   * How many bots are in the game from the start, as far as there is room; nothing is announced of them.
   * @default 12
   */
  readonly initialPlayers: number
  /**
   * Bots join only while fewer players than this are in the game.
   * @default 24
   */
  readonly targetPlayers: number
  /**
   * How many the game has room for: from 1 to 4096.
   * @default 64
   */
  readonly maxPlayers: number
  /**
   * Mean time between two bots who want to join, in milliseconds.
   * @default 60_000
   */
  readonly joinIntervalMs: number
  /**
   * Mean time that a bot stays, in milliseconds.
   * @default 1_800_000
   */
  readonly stayMs: number
  /**
   * Mean time between two chat lines of one bot, in milliseconds.
   * @default 180_000
   */
  readonly chatIntervalMs: number
  /**
   * Time between two measurements of a bot's ping, in milliseconds.
   * @default 20_000
   */
  readonly pingIntervalMs: number
  /**
   * How long a player may be over the limit of `maxPing` before the kick, in milliseconds.
   * @default 30_000
   */
  readonly highPingMs: number
  /**
   * Mean time between two log lines of script filters, in milliseconds; only where the game has such filters.
   * @default 600_000
   */
  readonly filterLogIntervalMs: number
  /**
   * Mean time between two troubles with BE Master, in milliseconds.
   * @default 1_800_000
   */
  readonly masterIntervalMs: number
  /**
   * Whether `RestrictRCon` is on: commands that change anything are answered with `Disallowed command` (W9).
   * @default false
   */
  readonly restricted: boolean
  /**
   * How many bans are kept; with no room left a ban still kicks, but is not listed.
   * @default 100_000
   */
  readonly maxBans: number
  /**
   * How many server messages wait to be taken; the oldest give way.
   * @default 10_000
   */
  readonly maxMessages: number
  /**
   * The mission files that `missions` lists.
   * @default a few for Arma 3, none for DayZ
   */
  readonly missions: readonly string[]
}

/** What a world does unless told otherwise; the missions are those of its game. */
export const GAME_WORLD_DEFAULTS: Omit<GameWorldOptions, 'missions'> = {
  seed: 1,
  game: 'arma3',
  guidLabel: 'BE GUID',
  legacyGuids: false,
  bots: true,
  hostileNames: false,
  initialPlayers: 12,
  targetPlayers: 24,
  maxPlayers: 64,
  joinIntervalMs: 60_000,
  stayMs: 1_800_000,
  chatIntervalMs: 180_000,
  pingIntervalMs: 20_000,
  highPingMs: 30_000,
  filterLogIntervalMs: 600_000,
  masterIntervalMs: 1_800_000,
  restricted: false,
  maxBans: 100_000,
  maxMessages: 10_000,
}

const INTERVAL: OptionRange = { min: 1, max: Number.POSITIVE_INFINITY }
const MOST_PLAYERS = 4096

const RANGES: { readonly [K in keyof GameWorldOptions]?: OptionRange } = {
  seed: { min: 0, max: 2 ** 32 - 1, integer: true },
  initialPlayers: { min: 0, max: MOST_PLAYERS, integer: true },
  targetPlayers: { min: 0, max: MOST_PLAYERS, integer: true },
  maxPlayers: { min: 1, max: MOST_PLAYERS, integer: true },
  joinIntervalMs: INTERVAL,
  stayMs: INTERVAL,
  chatIntervalMs: INTERVAL,
  pingIntervalMs: INTERVAL,
  highPingMs: INTERVAL,
  filterLogIntervalMs: INTERVAL,
  masterIntervalMs: INTERVAL,
  maxBans: { min: 0, max: 10_000_000, integer: true },
  maxMessages: { min: 1, max: 10_000_000, integer: true },
}

const GUID_LABELS: readonly GuidLabel[] = ['BE GUID', 'GUID', 'GUID (unverified)']

/** @throws {@link InvalidArgumentError} naming the option that is out of range or unknown. */
export function checkWorldOptions(given: Partial<GameWorldOptions>): GameWorldOptions {
  const game = given.game ?? GAME_WORLD_DEFAULTS.game
  checkWord('game', game, Object.keys(GAME_KINDS))
  const defaults = { ...GAME_WORLD_DEFAULTS, missions: GAME_KINDS[game].missions }
  const options = checkOptions<GameWorldOptions>(given, defaults, RANGES)
  checkWord('guidLabel', options.guidLabel, GUID_LABELS)
  if (!Array.isArray(options.missions) || options.missions.some((file) => typeof file !== 'string')) {
    throw new InvalidArgumentError('missions', options.missions, 'an array of file names')
  }
  return { ...options, missions: [...options.missions] }
}

function checkWord(name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) throw new InvalidArgumentError(name, value, `one of ${words.join(', ')}`)
}
