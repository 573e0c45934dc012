// @ts-nocheck
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { withoutPassword } from '@bercon/core/kit'
import { isShownAsItIs } from '../output/terminal.js'
import { variable } from '../settings/checks.js'

const LINES = 500

/** The lines typed earlier, newest first; none where there is no file. */
export function readHistory(): string[] {
  try {
    return readFileSync(historyPath(), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && isShownAsItIs(line))
  } catch {
    return []
  }
}

/** Keeps the lines for the next time, but for those with a password. A history that cannot be kept is no failure. */
export function writeHistory(lines: readonly string[]): void {
  const kept = lines.filter((line) => withoutPassword(line) === line).slice(0, LINES)
  try {
    mkdirSync(dirname(historyPath()), { recursive: true })
    writeFileSync(historyPath(), kept.map((line) => `${line}\n`).join(''), { mode: 0o600 })
  } catch {}
}

function historyPath(): string {
  return join(variable('XDG_STATE_HOME') ?? join(homedir(), '.local', 'state'), 'bercon', 'history')
}
