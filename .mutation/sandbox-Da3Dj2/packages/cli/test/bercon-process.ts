// @ts-nocheck
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const PASSWORD = 'hunter2'

export const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))

/** The outcome of one run. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | undefined
  readonly cwd?: string
}

/** Starts the built command without this machine's settings. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): ChildProcessWithoutNullStreams {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH, NO_COLOR: '1', XDG_CONFIG_HOME: '/nowhere', ...env },
  })
}

/** Runs the built command to its end. */
export async function bercon(
  args: readonly string[],
  { env, input = '', cwd }: RunOptions = {},
): Promise<Outcome> {
  const child = start(args, env, cwd)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

/** The environment variables with which a command finds a server on this machine. */
export function serverEnv(port: number, password: string = PASSWORD): Record<string, string> {
  return { RCON_PORT: String(port), RCON_PASSWORD: password, RCON_GAME: 'battleye' }
}
