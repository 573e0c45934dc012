import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder, for as long as the test runs. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The path of a file in a folder of its own. */
export function newFile(name: string, content: string | Uint8Array): string {
  const path = join(newFolder(), name)
  // As a file with a password should be.
  writeFileSync(path, content, { mode: 0o600 })
  return path
}
