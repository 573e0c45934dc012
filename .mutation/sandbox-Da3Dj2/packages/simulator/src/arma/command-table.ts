// @ts-nocheck
import {
  isSimulatorCommand,
  runSimulatorCommand,
  takeWord,
  wholeNumber,
} from '../world/simulator-commands.js'
import type { GamePlayer } from './game-player.js'
import { gameStage } from './game-stage.js'
import type { GameState } from './game-state.js'
import { adminReason, announcementLine, UNDELIVERABLE_LINE, whisperLine } from './message-lines.js'
import { adminsTable, bansTable, missionsList, playersTable } from './reply-tables.js'

type Admin = number | undefined

interface CommandRule {
  /** As `commands` lists it. */
  readonly usage: string
  /** Whether `RestrictRCon` disallows it. */
  readonly isRestricted: boolean
  readonly run: (game: GameState, rest: string, admin: Admin) => string
}

/** The longest command body that another client sends (W8); a longer one would be kept in bans and messages. */
const MAX_COMMAND_LENGTH = 1391
const VERSION = '1.217'
const NOTHING = ''

// A map, because a command may be called `constructor`.
const COMMANDS: ReadonlyMap<string, CommandRule> = new Map([
  ['players', reading('players', (game) => playersTable(game.players.all()))],
  ['admins', reading('admins', (game) => adminsTable(game.admins))],
  ['bans', reading('bans', ({ bans, now }) => bansTable(bans.guidBans, bans.ipBans, now))],
  ['missions', reading('missions', (game) => missionsList(game.options.missions))],
  ['version', reading('version', () => VERSION)],
  ['commands', reading('commands', listCommands)],
  ['say', { usage: 'say [player #|-1] [text]', isRestricted: false, run: say }],
  ['kick', acting('kick [player #] [reason]', kick)],
  ['ban', acting('ban [player #] [time in minutes] [reason]', ban)],
  ['addban', acting('addBan [GUID|IP] [time in minutes] [reason]', addBan)],
  ['removeban', acting('removeBan [ban #]', removeBan)],
  ['loadbans', acting('loadBans', (game) => game.enforceBans())],
  ['writebans', acting('writeBans', (game) => game.bans.dropExpired(game.now))],
  ['maxping', acting('maxPing [ping]', maxPing)],
  ['rconpassword', acting('RConPassword [password]', changePassword)],
  ['loadscripts', acting('loadScripts', () => {})],
  ['loadevents', acting('loadEvents', () => {})],
  ['update', acting('update', () => {})],
])

function reading(usage: string, run: (game: GameState) => string): CommandRule {
  return { usage, isRestricted: false, run }
}

function acting(usage: string, act: (game: GameState, rest: string, admin: Admin) => void): CommandRule {
  return {
    usage,
    isRestricted: true,
    run: (game, rest, admin) => {
      act(game, rest, admin)
      return NOTHING
    },
  }
}

const GAME_COMMAND: CommandRule = acting('#[game command]', sendToGame)

/** Runs one command and returns the text of the reply. Never throws on a text. */
export function runCommand(game: GameState, command: string, admin: Admin): string {
  // The empty command is the keep-alive (P7).
  if (command === '') return NOTHING
  const text = command.slice(0, MAX_COMMAND_LENGTH)
  if (isSimulatorCommand(text)) return runSimulatorCommand(gameStage(game), text)
  const isForGame = text.startsWith('#')
  const [word, rest] = takeWord(text)
  const rule = isForGame ? GAME_COMMAND : COMMANDS.get(word.toLowerCase())
  if (rule === undefined) return 'Unknown command'
  if (rule.isRestricted && game.options.restricted) return 'Disallowed command'
  return rule.run(game, isForGame ? text : rest, admin)
}

function sendToGame(game: GameState, text: string, admin: Admin): void {
  const [word] = takeWord(text.toLowerCase())
  if (word === '#lock') game.isLocked = true
  if (word === '#unlock') game.isLocked = false
  game.actions.put({ type: 'game-command', text, admin })
}

function listCommands(): string {
  return ['List of available commands:', ...[...COMMANDS.values()].map(({ usage }) => usage)].join('\n')
}

function say(game: GameState, rest: string, admin: Admin): string {
  const [target, text] = takeWord(rest)
  if (target === '-1') echo(game, admin, (id) => announcementLine(id, text))
  else if (wholeNumber(target) !== undefined) {
    const player = playerAt(game, target)
    if (player === undefined) game.emit(UNDELIVERABLE_LINE)
    else echo(game, admin, (id) => whisperLine(id, player.name, text))
  }
  return NOTHING
}

/** A message from somebody who is not logged in has no line. */
function echo(game: GameState, admin: Admin, line: (id: number) => string): void {
  if (admin !== undefined) game.emit(line(admin))
}

function kick(game: GameState, rest: string): void {
  const [target, reason] = takeWord(rest)
  const player = playerAt(game, target)
  if (player !== undefined) game.kick(player.id, adminReason('Kick', reason))
}

function ban(game: GameState, rest: string): void {
  const [target, length] = takeWord(rest)
  const player = playerAt(game, target)
  if (player === undefined) return
  const [minutes, reason] = takeMinutes(length)
  game.addBan({ target: player.guid, minutes, reason })
  game.kick(player.id, adminReason('Ban', reason))
}

function addBan(game: GameState, rest: string): void {
  const [target, length] = takeWord(rest)
  if (target === '') return
  const [minutes, reason] = takeMinutes(length)
  game.enforceBan(game.addBan({ target, minutes, reason }))
}

function removeBan(game: GameState, rest: string): void {
  const number = wholeNumber(rest)
  if (number !== undefined) game.bans.remove(number)
}

function maxPing(game: GameState, rest: string): void {
  const limit = wholeNumber(rest)
  if (limit !== undefined) game.limitPing(limit)
  else if (rest === '-1') game.limitPing(undefined)
}

function changePassword(game: GameState, password: string): void {
  if (password !== '') game.actions.put({ type: 'password', password })
}

function playerAt(game: GameState, text: string): GamePlayer | undefined {
  const slot = wholeNumber(text)
  return slot === undefined ? undefined : game.players.get(slot)
}

/**
 * Parses the first word as minutes, whatever it is: a reason without minutes loses its first word and makes the ban
 * permanent.
 */
function takeMinutes(text: string): readonly [minutes: number, reason: string] {
  const [word, reason] = takeWord(text)
  const digits = /^\d{1,9}/.exec(word)
  return [digits === null ? 0 : Number(digits[0]), reason]
}
