import { runToEnd } from '../ended-process.js'
import type { FoundRuntime } from './runtime.js'

const IDENTITY = 'tools/checks/dist/runtimes/identity.js'
const FETCH_LIMIT_MS = 300_000

/**
 * Fetches a runtime from the npm registry, by what `npx` takes to run it. Programs are then run by it directly, so that
 * their times hold nothing of npx.
 */
export async function fromRegistry(npx: readonly string[], flags: readonly string[]): Promise<FoundRuntime> {
  const { output } = await runToEnd(['npx', '--yes', ...npx, ...flags, IDENTITY], {
    limitMs: FETCH_LIMIT_MS,
  })
  const line = output.split('\n').findLast((text) => text.startsWith('{"version"'))
  if (line === undefined) throw new Error(`npx ${npx.join(' ')} does not start\n${output}`)
  const { version, path }: { readonly version: string; readonly path: string } = JSON.parse(line)
  return { version, command: [path, ...flags] }
}
