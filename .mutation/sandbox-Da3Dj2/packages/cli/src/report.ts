// @ts-nocheck
import { inspect } from 'node:util'
import { manyLines, oneLine } from './output/safe-text.js'
import { printError } from './output/terminal.js'

/** Prints one line on stderr, so that it never gets into a pipe. */
export function note(text: string): void {
  printError(`bercon: ${oneLine(text.replace(/\s*\n\s*/g, ' '))}\n`)
}

/** Prints an error on one line; with `verbose`, full details below it. */
export function reportError(error: unknown, verbose: boolean, say: (text: string) => void = note): void {
  say(error instanceof Error ? error.message : String(error))
  if (verbose) printError(`${manyLines(inspect(error, { depth: 5 }))}\n`)
}
