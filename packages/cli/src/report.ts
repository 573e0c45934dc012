import { inspect } from 'node:util'
import { manyLines, oneLine } from './output/safe-text.js'
import { printError } from './output/terminal.js'

/** Says one line to the person, on stderr, so that it never gets into what is piped on. */
export function note(text: string): void {
  printError(`bercon: ${oneLine(text.replace(/\s*\n\s*/g, ' '))}\n`)
}

/** Tells an error in one line; with `verbose`, everything that is known of it below that. */
export function reportError(error: unknown, verbose: boolean, say: (text: string) => void = note): void {
  say(error instanceof Error ? error.message : String(error))
  if (verbose) printError(`${manyLines(inspect(error, { depth: 5 }))}\n`)
}
