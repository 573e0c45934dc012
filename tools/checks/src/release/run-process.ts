import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How a program ended, and what it printed. */
export interface Outcome {
  readonly code: number | null
  /** Of both, as it came. */
  readonly output: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** @default 120000 */
  readonly limitMs?: number
}

/** Runs a program to its end, or to the limit; whatever it has started ends with it. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, limitMs = 120_000 }: RunOptions,
): Promise<Outcome> {
  // A group of its own: a script may leave a server behind.
  const child = spawn(command, args, { cwd, env: { ...plainEnvironment(), ...env }, detached: true })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const limit = setTimeout(() => {
    chunks.push(Buffer.from(`\nstill running after ${limitMs} ms\n`))
    endGroup(child.pid)
  }, limitMs)
  child.once('exit', () => endGroup(child.pid))
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(limit)
  return { code, output: Buffer.concat(chunks).toString() }
}

/** As {@link runProcess}, and throws with all that was printed when it fails. */
export async function runWell(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, output } = await runProcess(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`)
  return output
}

/** What pnpm tells its scripts is for pnpm: npm and its programs shall find the machine as a user's. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE_OPTIONS$|RCON_)/i.test(name)),
  )
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
