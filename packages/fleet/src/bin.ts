#!/usr/bin/env node
import { codeOf } from '@bercon/client'
import { logLine } from '@bercon/core/visible-text'
import { type Asked, readCommandLine, USAGE } from './process/command-line.js'
import { addServer, listServers, makeKey, removeServer } from './process/list-commands.js'
import { runWorker } from './process/worker-process.js'

const note = (line: string) => console.error(logLine(line, Date.now()))
// There is no place left to report it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  const answer = await carryOut(readCommandLine(process.argv.slice(2)))
  if (answer === undefined) process.exitCode = 1
  else if (answer !== '') console.log(answer)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = codeOf(error) === 'invalid-argument' ? 2 : 1
}

/** Returns what to print, `undefined` if there was nothing to do. */
async function carryOut(asked: Asked): Promise<string | undefined> {
  switch (asked.type) {
    case 'help':
      return USAGE
    case 'key':
      return makeKey(asked)
    case 'add':
      return addServer(asked)
    case 'remove':
      return removeServer(asked)
    case 'list':
      return listServers(asked)
    default:
      await runWorker(asked, note, signal())
      return ''
  }
}

function signal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name))
  })
}
