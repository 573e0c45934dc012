import { x } from 'tinyexec'

/** How a process ended. */
export interface EndedProcess {
  /** Its output, of both streams, line by line. */
  readonly output: string
  /** `undefined` if a signal ended it, or if it never started. */
  readonly code: number | undefined
  readonly ms: number
  /** How long it still ran after its last output. */
  readonly lingeredMs: number
  readonly isTooLate: boolean
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** @default 120000 */
  readonly limitMs?: number
  /** Whether to wait for children that outlive it, or to end them. */
  readonly leftovers?: 'waited for' | 'ended'
}

/** Runs a command to its end, or to its time limit; all its children end with it. */
export async function runToEnd(
  command: readonly string[],
  { limitMs = 120_000, leftovers = 'waited for', ...options }: RunOptions = {},
): Promise<EndedProcess> {
  const [file = '', ...args] = command
  const startedAt = performance.now()
  let spokeAt = startedAt
  let output = ''
  let isTooLate = false
  // A group of its own: npx, a runtime and its workers are ended together.
  const child = x(file, args, {
    nodePath: false,
    nodeOptions: { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  })
  if (leftovers === 'ended') child.process?.once('exit', () => endGroup(child.pid))
  const interrupt = () => {
    endGroup(child.pid)
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  const limit = setTimeout(() => {
    isTooLate = true
    endGroup(child.pid)
  }, limitMs)
  const say = (line: string) => {
    output += `${line}\n`
    spokeAt = performance.now()
  }
  try {
    for await (const line of child) say(line)
  } catch (error) {
    say(String(error))
  }
  clearTimeout(limit)
  process.off('SIGINT', interrupt)
  const now = performance.now()
  // A process that never started has an error number as its code.
  const code = child.pid === undefined ? undefined : child.exitCode
  return { output, code, ms: now - startedAt, lingeredMs: now - spokeAt, isTooLate }
}

/** Like {@link runToEnd}, in the environment of a user, without pnpm's variables and RCON settings. */
export function runAsUser(command: readonly string[], options: RunOptions): Promise<EndedProcess> {
  const ours = Object.keys(process.env).filter((name) => /^(npm_|pnpm_|NODE_OPTIONS$|RCON_)/i.test(name))
  const hidden = Object.fromEntries(ours.map((name) => [name, undefined]))
  return runToEnd(command, { ...options, env: { ...hidden, ...options.env }, leftovers: 'ended' })
}

/** Like {@link runAsUser}, but throws with the output if it fails. */
export async function runWell(command: readonly string[], options: RunOptions): Promise<string> {
  const ended = await runAsUser(command, options)
  if (ended.code !== 0) throw new Error(`${command.join(' ')} ${ending(ended)}\n${ended.output}`)
  return ended.output
}

/** How a process that failed has ended, in words. */
export function ending({ code, isTooLate, ms }: EndedProcess): string {
  if (isTooLate) return `was still running after ${Math.round(ms)} ms`
  return `ended with ${code ?? 'a signal'}`
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is already gone.
  }
}
