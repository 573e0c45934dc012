// @ts-nocheck
import { checkOptions, InvalidArgumentError, type OptionRange } from '@bercon/server/kit'
import { GAME_KINDS, type Game } from './game-kinds.js'
import type { GuidLabel } from './message-lines.js'

/** Options of a {@link GameWorld}. Intervals are means; `Infinity` turns their event off. */
export interface GameWorldOptions {
  /**
   * Random seed: a whole number from 0 to 4294967295.
   * @default 1
   */
  readonly seed: number
  /** @default 'arma3' */
  readonly game: Game
  /**
   * How the GUID of a joining player is announced, which depends on the version of BattlEye.
   * @default 'BE GUID'
   */
  readonly guidLabel: GuidLabel
  /**
   * Whether a second, older GUID of each bot is announced after the verification, like on Arma 2 OA.
   * @default false
   */
  readonly legacyGuids: boolean
  /**
   * Whether the world simulates bots and BE Master lines; otherwise only your calls change it.
   * @default true
   */
  readonly bots: boolean
  /**
   * Whether bots also use names and chat that break parsers (`: `, ` disconnected`, an empty name …).
   * @default false
   */
  readonly hostileNames: boolean
  /**
   * Number of bots in the game at the start, if there is room; they are not announced.
   * @default 12
   */
  readonly initialPlayers: number
  /**
   * Bots join only while fewer players than this are in the game.
   * @default 24
   */
  readonly targetPlayers: number
  /**
   * Most players in the game, from 1 to 4096.
   * @default 64
   */
  readonly maxPlayers: number
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
   * Mean time between two connection problems with BE Master, in milliseconds.
   * @default 1_800_000
   */
  readonly masterIntervalMs: number
  /**
   * Whether `RestrictRCon` is on: commands that change something are answered with `Disallowed command` (W9).
   * @default false
   */
  readonly restricted: boolean
  /**
   * Most bans in the list; beyond it a ban still kicks, but is not listed.
   * @default 100_000
   */
  readonly maxBans: number
  /**
   * Most server messages kept until `takeMessages`; beyond it the oldest are dropped.
   * @default 10_000
   */
  readonly maxMessages: number
  /**
   * The mission files that `missions` lists.
   * @default a few for Arma 3, none for DayZ
   */
  readonly missions: readonly string[]
}

/** The default options of a world; its missions depend on the game. */
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

/** @throws {@link InvalidArgumentError} naming an option that is unknown or out of range. */
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
