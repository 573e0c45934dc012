// @ts-nocheck
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { manyLines } from '../output/safe-text.js'
import { print } from '../output/terminal.js'

/** A world that can be directed, as both simulated games can. */
interface Directed {
  readonly simulate: (command: string) => string
}

/** Reads commands for the simulated players, until `exit` or the signal; returns at once without a terminal. */
export async function direct(world: Directed, signal: AbortSignal): Promise<'left' | 'nobody'> {
  const { stdin: input, stdout: output } = process
  if (input.isTTY !== true || output.isTTY !== true || !isInForeground()) return 'nobody'
  print('Type help for the commands of the players, exit to leave.\n')
  const terminal = createInterface({ input, output, prompt: 'sim> ', historySize: 500 })
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  signal.addEventListener('abort', () => terminal.close(), { once: true })
  let isOpen = true
  terminal.once('close', () => {
    isOpen = false
  })
  terminal.prompt()
  for await (const line of terminal) {
    const command = line.trim()
    if (command === 'exit' || command === 'quit') break
    if (command !== '') print(`${manyLines(world.simulate(command))}\n`)
    // Lines can still be waiting when the input has ended; Node 24 throws at the prompt of a closed interface.
    if (isOpen) terminal.prompt()
  }
  terminal.close()
  return 'left'
}

/** Whether it may read from its terminal: one that runs in the background (`&`) would be stopped for it. */
function isInForeground(): boolean {
  if (process.platform === 'win32') return true
  const [group, foreground] = process.platform === 'linux' ? groupsOfProc() : groupsOfPs()
  return group === foreground
}

function groupsOfProc(): readonly (string | undefined)[] {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  // Behind the name, which may hold anything: state, parent, group, session, terminal, its foreground group.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return [fields[2], fields[5]]
}

function groupsOfPs(): readonly (string | undefined)[] {
  const { stdout } = spawnSync('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], { encoding: 'utf8' })
  return stdout.trim().split(/\s+/)
}
