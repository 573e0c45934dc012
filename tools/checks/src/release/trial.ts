import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startReforgerSimulator, startSimulator } from '@bercon/simulator'
import { type EndedProcess, ending, runAsUser } from '../ended-process.js'
import { type Program, promisedLines, runnable } from './programs.js'

/** Snippets find a server at these ports, with this password, unless they start their own. */
const SERVER_PORT = '2306'
const REFORGER_PORT = '19999'
const PASSWORD = 'hunter2'
const STARTS_SERVER = /\bsimulate --port 2306\b/

/** A snippet must end by itself; a bound for a busy machine, and no measure. */
const LIMIT_MS = 120_000

// Below the ports that the system hands out: one of those may be somebody else's before the program has it. Processes
// that run side by side begin at different ones.
let nextPort = 20_000 + ((process.pid * 100) % 10_000)

/**
 * Runs a program whose source is in the folder, compiled if necessary. Returns `undefined` if it did what it promises,
 * otherwise the fault. It gets its own server: another port replaces the one that it names, so that programs can run
 * side by side, and beside other servers on the machine.
 */
export async function tryProgram(program: Program, folder: string): Promise<string | undefined> {
  const simulator = await startSimulator({ password: PASSWORD, seed: 7 })
  const reforger = await startReforgerSimulator({ password: PASSWORD, seed: 7 })
  const { command, file } = runnable(program)
  const path = join(folder, file)
  const code = readFileSync(path, 'utf8')
  const port = STARTS_SERVER.test(code) ? await freePort() : simulator.port
  writeFileSync(
    path,
    code.replaceAll(SERVER_PORT, String(port)).replaceAll(REFORGER_PORT, String(reforger.port)),
  )
  const args = command === 'bash' ? ['-eu', '-o', 'pipefail', file] : [file]
  const outcome = await runAsUser([command, ...args], { cwd: folder, limitMs: LIMIT_MS })
  await Promise.all([simulator.close(), reforger.close()])
  return fault(outcome, program)
}

function fault(ended: EndedProcess, { form, snippet }: Program): string | undefined {
  const { code, output } = ended
  if (code !== 0) return `${ending(ended)}\n${output}`
  const printed = output.split('\n')
  const missing =
    form === 'shell' ? [] : promisedLines(snippet.code).filter((line) => !printed.includes(line))
  return missing.length === 0 ? undefined : `did not print: ${missing.join(', ')}\n${output}`
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++
    const socket = createSocket('udp4').bind(port, '127.0.0.1')
    const isFree = await once(socket, 'listening').then(
      () => true,
      () => false,
    )
    socket.close()
    if (isFree) return port
  }
}
