#!/usr/bin/env node
import { codeOf } from '@bercon/client'
import { logLine } from '@bercon/core/visible-text'
import { readCommandLine } from './process/command-line.js'
import { GatewayProcess } from './process/gateway-process.js'

const note = (line: string) => console.error(logLine(line, Date.now()))
// There is no place left to report it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  const asked = readCommandLine(process.argv.slice(2))
  if (asked.type === 'print') console.log(asked.text)
  else await run(asked.path)
} catch (error) {
  if (codeOf(error) === undefined) throw error
  console.error((error as Error).message)
  process.exitCode = codeOf(error) === 'invalid-argument' ? 2 : 1
}

async function run(path: string): Promise<void> {
  const gateway = await GatewayProcess.open(path, note)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      note(`${signal}: closing`)
      void gateway.close()
    })
  process.on('SIGHUP', () => void gateway.reload())
  try {
    await gateway.start()
  } catch (error) {
    await gateway.close()
    throw error
  }
}
