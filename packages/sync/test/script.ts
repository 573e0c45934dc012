import { execFile } from 'node:child_process'
import { expect } from 'vitest'

// A bound for a busy machine, and no measure.
const LIMIT_MS = 60_000

interface Outcome {
  readonly lines: readonly string[]
  readonly errors: string
  /** `undefined` if it had to be stopped. */
  readonly code: number | undefined
}

/**
 * The output of a plain JavaScript script with `SyncRconClient` and `port`, in a process of its own: it must exit on its
 * own with code 0 within the limit.
 */
export async function printed(script: string, port: number): Promise<readonly string[]> {
  const outcome = await run(
    `import { SyncRconClient } from '@bercon/sync'
    const port = ${port}
    process.on('exit', () => console.log('end'))
    ${script}`,
  )
  expect(outcome).toMatchObject({ errors: '', code: 0 })
  expect(outcome.lines.at(-1)).toBe('end')
  return outcome.lines.slice(0, -1)
}

function run(source: string): Promise<Outcome> {
  const args = ['--input-type=module', '--eval', source]
  const options = { cwd: new URL('.', import.meta.url), timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
      resolve({
        lines: stdout.split('\n').filter((line) => line !== ''),
        errors: stderr,
        code: child.exitCode ?? undefined,
      }),
    )
  })
}
