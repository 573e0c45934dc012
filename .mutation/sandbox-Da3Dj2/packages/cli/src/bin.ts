#!/usr/bin/env node
// @ts-nocheck
import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.js'
import { createProgram } from './program/create-program.js'
import { note } from './report.js'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of the output may stop early, as `head` does; that is not a failure.
  if (error.code === 'EPIPE') process.exit()
  note(`cannot write the output: ${error.message}`)
  process.exit(EXIT.usage)
})
// Node would print them unescaped, and they may contain a server's text.
process.removeAllListeners('warning')
process.on('warning', ({ message }) => note(message))
// There is no place left to report it.
process.stderr.on('error', () => {})

async function run(): Promise<void> {
  const program = await createProgram(process.argv.slice(2))
  try {
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // No `process.exit()`: output may still be buffered.
    process.exitCode = error.exitCode
  }
}

void run()
