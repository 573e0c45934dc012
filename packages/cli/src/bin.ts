#!/usr/bin/env node
import { createProgram } from './program/create-program.js'

// Whoever reads the output may have had enough of it, as `head` has; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

const program = await createProgram(process.argv.slice(2))
await program.parseAsync()
