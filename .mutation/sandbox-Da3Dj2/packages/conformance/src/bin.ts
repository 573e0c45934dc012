#!/usr/bin/env node
// @ts-nocheck
import { runProgram, UsageError } from './program.js'

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
