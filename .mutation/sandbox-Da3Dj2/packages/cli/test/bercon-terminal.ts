// @ts-nocheck
import { type IPty, spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import { onTestFailed, onTestFinished } from 'vitest'
import { BIN } from './bercon-process.js'

export const CTRL_C = '\u0003'
export const CTRL_D = '\u0004'
export const TAB = '\t'
export const UP = '\u001b[A'

const ROWS = 50

/** The built command in a pseudo terminal of the system, with the content of its screen. */
export class BerconTerminal {
  readonly #pty: IPty
  readonly #screen: headless.Terminal
  readonly #waiting = new Set<() => void>()
  /** Its exit code, once all its output is on the screen. */
  readonly ended: Promise<number>
  /** Its complete output, with control sequences. */
  written = ''

  constructor(args: readonly string[], env: Readonly<Record<string, string>>, columns = 100, cwd?: string) {
    const { PATH = '' } = process.env
    this.#screen = new headless.Terminal({ cols: columns, rows: ROWS, allowProposedApi: true })
    this.#pty = spawn(process.execPath, [BIN, ...args], {
      cols: columns,
      rows: ROWS,
      ...(cwd === undefined ? {} : { cwd }),
      env: { PATH, TERM: 'xterm', XDG_CONFIG_HOME: '/nowhere', XDG_STATE_HOME: '/nowhere', ...env },
    })
    this.#pty.onData((data) => {
      this.written += data
      this.#screen.write(data, () => this.#look())
    })
    this.ended = new Promise((resolve) =>
      this.#pty.onExit(({ exitCode }) => this.#screen.write('', () => resolve(exitCode))),
    )
    onTestFailed(() => console.error(this.#described()))
    onTestFinished(() => this.#pty.kill())
  }

  /** The rows of the screen that are not empty. */
  get rows(): readonly string[] {
    const { active } = this.#screen.buffer
    const rows = Array.from({ length: active.length }, (_, row) =>
      active.getLine(row)?.translateToString(true),
    )
    return rows.filter((row) => row !== undefined && row !== '') as string[]
  }

  /** The row with the cursor. */
  get line(): string {
    const { active } = this.#screen.buffer
    return (
      active
        .getLine(active.baseY + active.cursorY)
        ?.translateToString(true)
        .trimEnd() ?? ''
    )
  }

  type(keys: string): void {
    this.#pty.write(keys)
  }

  /**
   * Waits until the screen matches; checks after every write. A line is cleared before it is written again, so wait for
   * text that should appear, never for text that disappears.
   */
  until(isSo: (terminal: this) => boolean): Promise<void> {
    const come = new Promise<void>((resolve) => {
      const look = () => {
        if (!isSo(this)) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
    return this.orEnd(come)
  }

  /** Waits for output while the command runs: its end is a failure, because no more output follows. */
  orEnd<T>(coming: Promise<T>): Promise<T> {
    const ended = this.ended.then((code) => {
      throw new Error(`It ended with ${code} before that. ${this.#described()}`)
    })
    return Promise.race([coming, ended])
  }

  /** Waits until the line with the cursor is exactly this. */
  untilLine(wanted: string): Promise<void> {
    return this.until(({ line }) => line === wanted)
  }

  /** Waits for a row that begins like this. */
  untilRow(beginning: string): Promise<void> {
    return this.until(({ rows }) => rows.some((row) => row.startsWith(beginning)))
  }

  #described(): string {
    return `The last rows, and the line of the cursor: ${JSON.stringify([...this.rows.slice(-8), this.line])}`
  }

  #look(): void {
    for (const look of this.#waiting) look()
  }
}
