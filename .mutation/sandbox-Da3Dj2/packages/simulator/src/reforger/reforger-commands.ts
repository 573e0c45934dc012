// @ts-nocheck
import { type Stage, takeWord, wholeNumber } from '../world/simulator-commands.js'
import {
  isUuid,
  type ReforgerGameBan,
  type ReforgerGamePlayer,
  type ReforgerState,
} from './reforger-state.js'

/** The output of a command: texts in order, each with a delay after the previous one. */
export interface ReforgerOutput {
  readonly text: string
  readonly afterMs: number
}

const NOTHING: readonly ReforgerOutput[] = []
const BANS_ON_PAGE = 25
const LONGEST_COMMAND = 1391

const BAN_HELP = [
  'Help for ban command. ',
  '#ban create <playerId/playerName> <duration> <reason> ',
  '#ban create <identityId/playerName> <duration> <reason> ',
  '#ban remove <identityId/playerName>',
  '#ban list <page>',
  '',
  '- <duration> is in seconds and can be set to 0 for permanent.',
  '- <reason> is optional.',
].join('\n')

type Rule = (game: ReforgerState, rest: string) => readonly ReforgerOutput[]

const COMMANDS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['players', (game) => say(playerList(game))],
  ['kick', kick],
  ['ban', administerBans],
  // The server decides what happens; no output is known.
  ['restart', () => NOTHING],
  ['shutdown', () => NOTHING],
])

const BAN_COMMANDS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['create', createBan],
  ['remove', (game, rest) => say(removeBan(game, unquoted(rest)))],
  ['list', listBans],
])

/** Runs one command and returns its output. Never throws on a text. */
export function runReforgerCommand(game: ReforgerState, command: string): readonly ReforgerOutput[] {
  const [word, rest] = takeWord(command.slice(0, LONGEST_COMMAND))
  const { whitelist } = game.options
  const isAllowed = whitelist.length === 0 || whitelist.includes(word)
  const rule = isAllowed ? COMMANDS.get(word.toLowerCase().replace(/^#/, '')) : undefined
  return rule === undefined ? say('unknown command') : rule(game, rest)
}

/** A game of Reforger for the simulator's own commands; chat is not known to reach its RCON. */
export function reforgerStage(game: ReforgerState, emit: (line: string) => void): Stage<ReforgerGamePlayer> {
  const leave = ({ id, name }: ReforgerGamePlayer) => {
    game.leave(id)
    return `${name} left.`
  }
  return {
    acts: new Map([['leave', { usage: '', run: leave }]]),
    players: () => game.players,
    join: (name) => `${name} joined as #${game.join({ name })}.`,
    emit,
  }
}

function say(text: string): readonly ReforgerOutput[] {
  return [{ text, afterMs: 0 }]
}

function playerList({ players }: ReforgerState): string {
  const rows = players.map(({ id, identityId, name }) => `${id} ; ${identityId} ; ${name}`)
  return ['Players on server: [Player#] ; [Player UID] ; [Player Name]', ...rows].join('\n')
}

// Ignores further words: no reason reaches the player.
function kick(game: ReforgerState, rest: string): readonly ReforgerOutput[] {
  const id = wholeNumber(takeWord(rest)[0]) ?? 0
  if (id < 1) return say('Not Valid Player ID')
  const player = game.player(id)
  if (player === undefined) return say('Player not found')
  game.leave(id)
  return say(`Player '${player.name}' kicked!`)
}

function administerBans(game: ReforgerState, rest: string): readonly ReforgerOutput[] {
  const [word, more] = takeWord(rest)
  return BAN_COMMANDS.get(word)?.(game, more) ?? say(BAN_HELP)
}

function createBan(game: ReforgerState, rest: string): readonly ReforgerOutput[] {
  const [target, more] = takeQuoted(rest)
  const [length, reason] = takeWord(more)
  if (target === '' || length === '') return NOTHING
  const seconds = wholeNumber(length)
  if (seconds === undefined) return say('Not Valid time value in seconds')
  const found = banned(game, target)
  if (found === undefined) return say('Player not found')
  const isMade = game.ban(found.identityId, found.name, seconds, reason || 'No reason provided')
  return say(isMade ? `Player '${found.name}' banned!` : 'Failed to create ban.')
}

/** A number means a player; a UUID means anybody, and serves as their name; any other text is a name. */
function banned(game: ReforgerState, target: string): { identityId: string; name: string } | undefined {
  const id = wholeNumber(target)
  if (id !== undefined) return game.player(id)
  if (isUuid(target)) return { identityId: target.toLowerCase(), name: target }
  return game.players.find(({ name }) => name === target)
}

function removeBan(game: ReforgerState, target: string): string {
  const found = bansOf(game, target)
  if (found.length > 1)
    return `Multiple users found! Please use a unique identifier.\n${banPage(found, 1, 1)}`
  if (found[0] === undefined) return 'User not found!'
  game.unban(found[0].identityId)
  return 'Ban removed!'
}

/** Like in the game: if no ban has the name, it is the beginning of one. */
function bansOf({ bans }: ReforgerState, target: string): readonly ReforgerGameBan[] {
  if (isUuid(target)) return bans.filter(({ identityId }) => identityId === target.toLowerCase())
  const exact = bans.filter(({ name }) => name === target)
  return exact.length > 0 ? exact : bans.filter(({ name }) => name.startsWith(target))
}

function listBans({ bans, options }: ReforgerState, rest: string): readonly ReforgerOutput[] {
  const page = rest === '' ? 1 : (wholeNumber(rest) ?? 0)
  const pages = Math.ceil(bans.length / BANS_ON_PAGE)
  const found = { text: listedPage(bans, page, pages), afterMs: options.banListDelayMs }
  return [{ text: 'Processing ban list', afterMs: 0 }, found]
}

function listedPage(bans: readonly ReforgerGameBan[], page: number, pages: number): string {
  if (page < 1) return 'Not Valid page number'
  if (bans.length === 0) return 'Server has no bans to list.'
  return page > pages ? 'Page not found!' : banPage(bans, page, pages)
}

function banPage(bans: readonly ReforgerGameBan[], page: number, pages: number): string {
  const rows = bans
    .slice((page - 1) * BANS_ON_PAGE, page * BANS_ON_PAGE)
    .map(({ identityId, name }) => `- ${identityId} | ${name}\n`)
  return `Total bans: ${bans.length} | Page: ${page}/${pages}\n- Identity Id | Banned name\n${rows.join('')}`
}

/** The first word or quoted text, and everything after it. */
function takeQuoted(text: string): readonly [word: string, rest: string] {
  const [, quoted, rest = ''] = /^"([^"]*)" ?(.*)$/s.exec(text) ?? []
  return quoted === undefined ? takeWord(text) : [quoted, rest]
}

function unquoted(text: string): string {
  return takeQuoted(text)[1] === '' ? takeQuoted(text)[0] : text
}
