import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome']

/** Where Chromium is on this machine, by the search path. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { PATH: searchPath = '' } = environment
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What Chromium is started with: as root, without a display, and with nothing that goes on the network by itself. */
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
