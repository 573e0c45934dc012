import { isShownAsItIs } from '../output/terminal.js'
import type { Named } from './named-player.js'

/** What begins a line, and whether a player comes next. */
const COMMANDS: readonly (readonly [word: string, isAboutAPlayer?: true])[] = [
  ['/bans'],
  ['/help'],
  ['/players'],
  ['/quit'],
  ['addBan'],
  ['admins'],
  ['ban', true],
  ['bans'],
  ['kick', true],
  ['loadBans'],
  ['maxPing'],
  ['missions'],
  ['players'],
  ['removeBan'],
  ['say', true],
  ['version'],
  ['writeBans'],
]

/** What Tab types for a player: the name, or the number, where the terminal would show another name than was meant. */
function typed({ id, name }: Named): string {
  return `${isShownAsItIs(name) ? name : id} `
}

/** What the end of the line can become, and that end, as `node:readline` wants it. */
export function complete(line: string, players: readonly Named[]): [completions: string[], end: string] {
  const [, word = '', rest] = /^(\S*)(?: +(.*))?$/.exec(line) ?? []
  if (rest === undefined) {
    const words = COMMANDS.map(([each]) => `${each} `)
    return [words.filter((each) => each.toLowerCase().startsWith(word.toLowerCase())), word]
  }
  const isAboutAPlayer = COMMANDS.some(([each, about]) => about && each === word.toLowerCase())
  if (!isAboutAPlayer) return [[], rest]
  return [players.map(typed).filter((name) => name.startsWith(rest)), rest]
}
