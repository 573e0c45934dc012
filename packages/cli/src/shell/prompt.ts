import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import { print as printOut } from '../output/terminal.js'
import { complete } from './completion.js'
import { readHistory, writeHistory } from './history-file.js'
import type { Named } from './named-player.js'

/** A line to type in, with what happens meanwhile above it. */
export interface Prompt {
  readonly terminal: Interface
  /** Puts lines above the one that is being typed, which stays as it is. */
  readonly print: (text: string) => void
}

/** Opens the prompt; without a terminal, lines are read and nothing is prompted. */
export function openPrompt(players: () => readonly Named[]): Prompt {
  const { stdin: input, stdout: output } = process
  const isTerminal = input.isTTY === true && output.isTTY === true
  const terminal = createInterface({
    input,
    output,
    terminal: isTerminal,
    prompt: isTerminal ? 'bercon> ' : '',
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: (line: string) => complete(line, players()),
    ...(isTerminal ? { history: readHistory() } : {}),
  })
  if (isTerminal) terminal.on('history', writeHistory)
  const print = (text: string) => {
    if (!isTerminal) return printOut(`${text}\n`)
    // The line may have been wrapped over several rows.
    moveCursor(output, 0, -terminal.getCursorPos().rows)
    cursorTo(output, 0)
    clearScreenDown(output)
    printOut(`${text}\n`)
    terminal.prompt(true)
  }
  return { terminal, print }
}
