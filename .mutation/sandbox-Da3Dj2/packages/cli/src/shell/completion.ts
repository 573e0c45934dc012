// @ts-nocheck
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
import { type CompletedCommand, flagWords } from '../completion/completed-command.js'
import { isShownAsItIs } from '../output/terminal.js'
import { folded } from '../server/find-player.js'

/** The data for completion. */
export interface Vocabulary {
  /** Those of the prompt. */
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
  const own = [...commands.map(({ path }) => path), ...OWN_WORDS].toSorted()
  if (rest === undefined) {
    const common = beginning(word, own)
    const rare = slash === '' ? [...SERVER_COMMANDS, ...GAME_WORDS] : []
    const words = common.length > 0 ? common : beginning(word, rare)
    return [words.map((each) => `${slash}${each} `), `${slash}${word}`]
  }
  if (word.toLowerCase() === 'help' || word === '?') return [beginning(rest, own).map(spaced), rest]
  const command = commands.find(({ path }) => path === word.toLowerCase())
  if (command === undefined) return [[], rest]
  return completeArgument(rest, command, players)
}

function completeArgument(
  rest: string,
  { path, options }: CompletedCommand,
  players: Vocabulary['players'],
): Completion {
  const [, flag = '', value] = /(?:^| )(--\S*)(?: +(.*))?$/s.exec(rest) ?? []
  const flags = flagWords(options).map(({ text }) => text)
  if (flag !== '' && value === undefined) return [beginning(flag, flags).map(spaced), flag]
  if (flag === '--to' && value !== undefined) return completeName(value, players)
  const candidates = options.find((each) => each.flags.includes(flag))?.value
  if (value !== undefined && candidates?.kind === 'words') {
    const values = candidates.words.map(({ text }) => text)
    return [beginning(value, values).map(spaced), value]
  }
  return flag === '' && (path === 'kick' || path === 'ban') ? completeName(rest, players) : [[], rest]
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
