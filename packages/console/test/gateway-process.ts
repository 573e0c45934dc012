import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../gateway/dist/bin.js', import.meta.url))
const EVERY_MS = 50

/** A gateway in a process of its own, as an admin runs it: it can be stopped, killed and started again. */
export class GatewayProcess {
  readonly #file: string
  readonly #url: string
  #process: ChildProcess | undefined
  #ended: Promise<unknown> = Promise.resolve()
  #output = ''

  constructor(file: string, url: string) {
    this.#file = file
    this.#url = url
  }

  /** Resolves when the gateway answers. The one before has the port until it is gone. */
  async start(): Promise<void> {
    await this.#ended
    const child = spawn(process.execPath, [BIN, this.#file], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#process = child
    this.#ended = once(child, 'exit')
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk
      })
    while (!(await isUp(`${this.#url}healthz`))) {
      if (hasEnded(child)) throw new Error(`The gateway ended:\n${this.#output}`)
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
  }

  /** Changes the file, and has the gateway read it again. */
  reload(change: (toml: string) => string): void {
    writeFileSync(this.#file, change(readFileSync(this.#file, 'utf8')))
    this.#process?.kill('SIGHUP')
  }

  /** Stops it, and resolves when it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || hasEnded(child)) return
    child.kill(signal)
    await this.#ended
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}
