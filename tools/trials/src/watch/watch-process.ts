import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** One line of `bercon watch --format ndjson`. */
export interface WatchedLine {
  readonly type: string
  readonly at: string
  readonly [field: string]: unknown
}

/** The memory of a process, in MB. */
export interface Memory {
  readonly rssMb: number
  readonly heapMb: number
}

const BIN = fileURLToPath(new URL('./dist/bin.cjs', import.meta.resolve('@bercon/cli/package.json')))
const PROBE = new URL('./memory-probe.js', import.meta.url).href
const MB = 1024 * 1024

/** `bercon watch` in its own process. */
export class WatchProcess {
  readonly #child
  readonly #read: Promise<void>
  readonly #ended: Promise<unknown[]>
  readonly #waiting = new Map<string, (line: WatchedLine) => void>()

  constructor(port: number, password: string, tell: (line: WatchedLine) => void) {
    this.#child = fork(BIN, ['watch', '--format', 'ndjson', '--game', 'battleye'], {
      execArgv: ['--expose-gc', '--import', PROBE],
      env: { ...process.env, RCON_PORT: String(port), RCON_PASSWORD: password, RCON_CONFIG: '' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    this.#ended = once(this.#child, 'close')
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })
    lines.on('line', (text) => {
      const line: WatchedLine = JSON.parse(text)
      tell(line)
      this.#waiting.get(line.type)?.(line)
      this.#waiting.delete(line.type)
    })
    this.#read = once(lines, 'close').then(() => {})
  }

  /** The next line of a type. */
  next(type: string): Promise<WatchedLine> {
    return new Promise((resolve) => this.#waiting.set(type, resolve))
  }

  async memory(): Promise<Memory> {
    this.#child.send('memory')
    const [{ rss, heapUsed }] = await once(this.#child, 'message')
    return { rssMb: round(rss / MB), heapMb: round(heapUsed / MB) }
  }

  /** Interrupts it like Ctrl-C, waits for every line, and returns the exit code. */
  async stop(): Promise<unknown> {
    this.#child.kill('SIGINT')
    const [code] = await this.#ended
    await this.#read
    return code
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
