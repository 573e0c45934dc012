import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runToEnd } from '../ended-process.js'
import type { FoundRuntime } from './runtime.js'

const VERSION_LIMIT_MS = 60_000
const NAMES: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome']

/** The path of Chromium on this machine, by the search path. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { PATH: searchPath = '' } = environment
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable)
}

/** Chromium as a runtime, driven by the Node process that runs this. */
export async function identifyChromium(): Promise<FoundRuntime> {
  const path = findChromium()
  if (path === undefined)
    throw new Error(
      'not found: install it (on Debian: apt-get install chromium), or name the runtimes to try',
    )
  const { output } = await runToEnd([path, '--version'], { limitMs: VERSION_LIMIT_MS })
  const [version] = /\d+(?:\.\d+){3}/.exec(output) ?? []
  if (version === undefined) throw new Error(`${path} does not start\n${output}`)
  return { version, command: [process.execPath] }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Chromium's flags: as root, without a display, and without network access of its own. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
