import { type IPty, spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { BIN } from './bercon-process.js'

export const CTRL_C = '\u0003'
export const CTRL_D = '\u0004'
export const TAB = '\t'
export const UP = '\u001b[A'

const ROWS = 50

/** The built command in a terminal, as a person has it: a pseudo terminal of the system, and what its screen shows. */
export class BerconTerminal {
  readonly #pty: IPty
  readonly #screen: headless.Terminal
  readonly #waiting = new Set<() => void>()
  /** Its exit code, once everything that it wrote is on the screen. */
  readonly ended: Promise<number>
  /** Everything that it ever wrote, control sequences with it. */
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

  /** Waits for the screen to be so; it is looked at after everything that is written. */
  until(isSo: (terminal: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(this)) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** Waits for a row that begins so. */
  untilRow(beginning: string): Promise<void> {
    return this.until(({ rows }) => rows.some((row) => row.startsWith(beginning)))
  }

  #look(): void {
    for (const look of this.#waiting) look()
  }
}
