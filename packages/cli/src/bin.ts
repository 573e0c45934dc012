#!/usr/bin/env node
import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.js'
import { createProgram } from './program/create-program.js'
import { note } from './report.js'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the output may have had enough of it, as `head` has; that is no failure.
  if (error.code === 'EPIPE') process.exit()
  note(`cannot write the output: ${error.message}`)
  process.exit(EXIT.usage)
})
// Node would write them as they are, and what they say may be a server's text.
process.removeAllListeners('warning')
process.on('warning', ({ message }) => note(message))
// There is nowhere left to say it.
process.stderr.on('error', () => {})

const program = await createProgram(process.argv.slice(2))
try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // No `process.exit()`: what was written is not yet known to have been taken.
  process.exitCode = error.exitCode
}
