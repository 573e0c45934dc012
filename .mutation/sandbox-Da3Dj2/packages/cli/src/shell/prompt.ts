// @ts-nocheck
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import { print as printOut, shownOn, terminalWidth } from '../output/terminal.js'
import { wrapped } from '../output/wrapped-text.js'
import { complete, type Vocabulary } from './completion.js'
import { readHistory, writeHistory } from './history-file.js'

/** A prompt, with events above it. */
export interface Prompt {
  readonly terminal: Interface
  /** Shows the prompt with what is typed; does nothing once the input has ended, when lines can still be waiting. */
  readonly show: () => void
  /** Puts a text above the line that is being typed, which stays as it is; wrapped lines stand below its `beginning`. */
  readonly print: (text: string, beginning?: string) => void
  /** Asks in place of the prompt; missing without a terminal. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined
}

/** Opens the prompt; without a terminal, lines are read without a prompt. */
export function openPrompt(vocabulary: () => Vocabulary): Prompt {
  const { stdin: input, stdout: output } = process
  const isTerminal = input.isTTY === true && output.isTTY === true
  const terminal = createInterface({
    input,
    output,
    terminal: isTerminal,
    prompt: isTerminal ? 'bercon> ' : '',
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: (line: string) => complete(line, vocabulary()),
    ...(isTerminal ? { history: readHistory() } : {}),
  })
  let isOpen = true
  terminal.once('close', () => {
    isOpen = false
  })
  // Node 24 throws at the prompt of a closed interface.
  const show = () => {
    if (isOpen) terminal.prompt(true)
  }
  if (!isTerminal)
    return {
      terminal,
      show,
      print: (text, beginning = '') => printOut(`${beginning}${text}\n`),
      ask: undefined,
    }
  terminal.on('history', writeHistory)
  const print = (text: string, beginning?: string) => {
    // In one piece, so that the line does not flicker.
    output.cork()
    // The line may have been wrapped over several rows.
    moveCursor(output, 0, -terminal.getCursorPos().rows)
    cursorTo(output, 0)
    clearScreenDown(output)
    printOut(`${wrapped(text, terminalWidth(), beginning)}\n`)
    show()
    output.uncork()
  }
  return { terminal, show, print, ask: (question, signal) => ask(terminal, question, signal) }
}

function ask(terminal: Interface, question: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    terminal.question(shownOn(process.stdout, question), { signal }, resolve)
  })
}
