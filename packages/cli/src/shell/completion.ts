import {
  chooseMission,
  lockServer,
  reloadConfig,
  restartAndReassign,
  restartMission,
  restartServer,
  restartServerAfterMission,
  shutdownServer,
  shutdownServerAfterMission,
  unlockServer,
} from '@bercon/arma'
import { isShownAsItIs } from '../output/terminal.js'
import { folded } from '../server/find-player.js'

/** A command of the prompt, as far as it is completed. */
export interface CompletedCommand {
  readonly name: string
  readonly options: readonly { readonly flag: string; readonly values: readonly string[] }[]
}

/** What completion knows. */
export interface Vocabulary {
  readonly commands: readonly CompletedCommand[]
  readonly players: readonly { readonly id: number; readonly name: string }[]
}

const OWN_WORDS = ['exec', 'exit', 'help', 'quit']

/** Sent as they are, and offered only where no common command begins so. */
const SERVER_COMMANDS = [
  'addBan',
  'loadBans',
  'loadEvents',
  'loadScripts',
  'maxPing',
  'removeBan',
  'version',
  'writeBans',
]
const GAME_COMMANDS = [
  lockServer(),
  unlockServer(),
  restartMission(),
  restartAndReassign(),
  chooseMission(),
  restartServer(),
  restartServerAfterMission(),
  shutdownServer(),
  shutdownServerAfterMission(),
  reloadConfig(),
].map(({ text }) => text)
const GAME_WORDS = [...GAME_COMMANDS, '#kick', '#mission', '#monitords'].toSorted()

type Completion = [completions: string[], end: string]

/** What the end of the line can become, and that end, as `node:readline` wants it. */
export function complete(line: string, { commands, players }: Vocabulary): Completion {
  const [, slash = '', word = '', rest] = /^(\/?)(\S*)(?: +(.*))?$/s.exec(line) ?? []
  const own = [...commands.map(({ name }) => name), ...OWN_WORDS].toSorted()
  if (rest === undefined) {
    const common = beginning(word, own)
    const rare = slash === '' ? [...SERVER_COMMANDS, ...GAME_WORDS] : []
    const words = common.length > 0 ? common : beginning(word, rare)
    return [words.map((each) => `${slash}${each} `), `${slash}${word}`]
  }
  if (word.toLowerCase() === 'help' || word === '?') return [beginning(rest, own).map(spaced), rest]
  const command = commands.find(({ name }) => name === word.toLowerCase())
  if (command === undefined) return [[], rest]
  return completeArgument(rest, command, players)
}

function completeArgument(
  rest: string,
  { name, options }: CompletedCommand,
  players: Vocabulary['players'],
): Completion {
  const [, flag = '', value] = /(?:^| )(--\S*)(?: +(.*))?$/s.exec(rest) ?? []
  const flags = options.map((each) => each.flag)
  if (flag !== '' && value === undefined) return [beginning(flag, flags).map(spaced), flag]
  if (flag === '--to' && value !== undefined) return completeName(value, players)
  const values = options.find((each) => each.flag === flag)?.values ?? []
  if (value !== undefined && values.length > 0) return [beginning(value, values).map(spaced), value]
  return flag === '' && (name === 'kick' || name === 'ban') ? completeName(rest, players) : [[], rest]
}

function completeName(begun: string, players: Vocabulary['players']): Completion {
  const words = players.map((player) => `${typed(player)} `)
  return [words.filter((word) => folded(word).startsWith(folded(begun))), begun]
}

/**
 * What Tab types for a player: the name, or the number, where the terminal would show another name than was meant, or
 * the line would be read otherwise.
 */
function typed({ id, name }: Vocabulary['players'][number]): string {
  const isReadAsItIs = /^[^\s"-]/.test(name) && !/^\d+$|\s$/.test(name)
  return isReadAsItIs && isShownAsItIs(name) ? name : String(id)
}

function beginning(typed: string, words: readonly string[]): string[] {
  return words.filter((each) => each.toLowerCase().startsWith(typed.toLowerCase()))
}

function spaced(word: string): string {
  return `${word} `
}
