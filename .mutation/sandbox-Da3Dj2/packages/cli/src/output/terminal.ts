// @ts-nocheck
import { variable } from '../settings/checks.js'
import { asciiJson, asciiOf, composed, jsonOf, manyLines, oneLine } from './safe-text.js'

// Everything that bercon writes passes through this file; only what it is at a terminal may be changed here.
type Stream = NodeJS.WriteStream

/** Writes what was composed for people, with texts of others made safe already, to standard output. */
export function print(text: string): void {
  process.stdout.write(shownOn(process.stdout, text))
}

/** As `print`, to standard error. */
export function printError(text: string): void {
  process.stderr.write(shownOn(process.stderr, text))
}

/** Writes text as it is, byte for byte, into a file or a pipe; at a terminal, with marks for what cannot be seen. */
export function printExactly(text: string): void {
  print(process.stdout.isTTY === true ? manyLines(text) : text)
}

/** A value as JSON, for standard output. */
export function jsonText(value: unknown, indent?: number): string {
  const json = jsonOf(value, indent)
  return process.stdout.isTTY === true && !hasUnicode() ? asciiJson(json) : json
}

/** Writes a line on standard error that replaces the previous one. */
function printStatus(text: string): void {
  process.stderr.write(`\r${shownOn(process.stderr, oneLine(text))}\u001b[K`)
}

function clearStatus(): void {
  process.stderr.write('\r\u001b[K')
}

/** Composed text as a stream can show it. */
export function shownOn({ isTTY }: Stream, text: string): string {
  if (isTTY !== true) return text
  const safe = composed(text)
  return hasUnicode() ? safe : asciiOf(safe)
}

/** A text of others on one line, as standard output can show it. */
export function cellText(text: string): string {
  return shownOn(process.stdout, oneLine(text))
}

/** Whether the terminal shows a text unchanged, so that completion may type it. */
export function isShownAsItIs(text: string): boolean {
  return oneLine(text) === text && (hasUnicode() || asciiOf(text) === text)
}

/** Whether the locale has more than ASCII; where none is set, as in most containers, the terminal is taken for one. */
function hasUnicode(): boolean {
  const locale = variable('LC_ALL') ?? variable('LC_CTYPE') ?? variable('LANG')
  return process.platform === 'win32' || locale === undefined || /utf-?8/i.test(locale)
}

/** The width for output: the terminal's width, else `COLUMNS`, else unlimited. */
export function terminalWidth(): number {
  const columns = process.stdout.columns ?? Number(variable('COLUMNS'))
  return Number.isInteger(columns) && columns > 0 ? columns : Number.POSITIVE_INFINITY
}

const CELLS = 24

/** A progress bar on stderr; shown on a terminal only. */
export function progressBar(label: string): {
  readonly show: (done: number, total: number) => void
  readonly end: () => void
} {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} }
  return {
    show: (done, total) => {
      const filled = Math.round((done / total) * CELLS)
      const bar = '█'.repeat(filled) + '░'.repeat(CELLS - filled)
      printStatus(`${label} ${bar} ${done}/${total}`)
    },
    end: clearStatus,
  }
}
