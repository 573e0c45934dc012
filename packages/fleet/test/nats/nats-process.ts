import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TRIES = 100
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
    const failed = once(child, 'error').then(([error]) => {
      throw new Error(`cannot start ${command}; install nats-server or set NATS_SERVER`, { cause: error })
    })
    await Promise.race([failed, listening(this.port)])
    failed.catch(() => {})
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
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
  throw new Error(`nothing listens on port ${port}`)
}
