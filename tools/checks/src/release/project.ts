import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWell } from '../ended-process.js'

/** Makes an empty project, as a user's, and installs there with plain npm. Gives its folder. */
export async function newProject(folder: string, installed: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await runWell(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...installed], {
    cwd: folder,
  })
  return folder
}
