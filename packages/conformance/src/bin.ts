#!/usr/bin/env node
import { runProgram, UsageError } from './program.js'

// The adapters that run then end with the kit.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const)
  process.once(signal, () => process.exit(128 + number))

// Nobody reads any more, as after `| head`: what a signal would do to other programs.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(128 + 13)
})

try {
  process.exitCode = await runProgram(process.argv.slice(2), {
    print: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(`${text}\n`),
  })
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`bercon-conformance: ${error.message}\n`)
  process.exitCode = 2
}
