// @ts-nocheck
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder that exists until the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bercon-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The path of a file in its own folder. */
export function newFile(name: string, content: string | Uint8Array): string {
  const path = join(newFolder(), name)
  // The mode for a file with a password.
  writeFileSync(path, content, { mode: 0o600 })
  return path
}
