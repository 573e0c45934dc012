import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SOURCES } from '../markdown/repository-links.js'

/** Puts files of the repository on the built site as plain text, which every browser shows. */
export function copySources(paths: Iterable<string>, root: string, outDir: string): void {
  for (const path of paths) {
    const target = join(outDir, SOURCES, `${path}.txt`)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(root, path), target)
  }
}
