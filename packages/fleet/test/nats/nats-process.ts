import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../tools/free-port.js'

const PAUSE_MS = 50

/** A `nats-server` of our own, on a free port of the loopback, with JetStream in a folder that is removed at the end. */
export class NatsProcess {
  readonly port: number
  readonly folder: string
  readonly #config: string
  #process: ChildProcess | undefined

  private constructor(port: number, folder: string, config: string) {
    this.port = port
    this.folder = folder
    this.#config = config
  }

  /** @param more Lines of its configuration, such as users and their permissions. */
  static async start(more = ''): Promise<NatsProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'bercon-nats-'))
    const port = await freePort()
    const config = join(folder, 'nats.conf')
    writeFileSync(
      config,
      `host: 127.0.0.1\nport: ${port}\njetstream { store_dir: "${folder}/js" }\n${more}\n`,
    )
    const nats = new NatsProcess(port, folder, config)
    await nats.resume()
    return nats
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`
  }

  get pid(): number {
    return this.#process?.pid ?? 0
  }

  /** Starts it on the same port, with what it had stored. */
  async resume(): Promise<void> {
    const command = process.env['NATS_SERVER'] ?? 'nats-server'
    const child = spawn(command, ['-c', this.#config], { stdio: 'ignore' })
    this.#process = child
    const failed = new Promise<never>((_, reject) => {
      const fail = (cause: unknown) =>
        reject(new Error(`cannot start ${command}; install nats-server or set NATS_SERVER`, { cause }))
      child.once('error', fail).once('exit', fail)
    })
    failed.catch(() => {})
    await Promise.race([failed, listening(this.port)])
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection({ port, host: '127.0.0.1' })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    } finally {
      socket.destroy()
    }
  }
}
