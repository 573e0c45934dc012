import { runToEnd } from '../ended-process.js'
import type { FoundRuntime } from './runtime.js'

const IDENTITY = 'tools/checks/dist/runtimes/identity.js'
const FETCH_LIMIT_MS = 300_000

/**
 * Fetches a runtime from the npm registry, with the arguments with which `npx` runs it. Programs then run directly, so
 * that their times include none of npx.
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
