import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'

const PAUSE_MS = 50
const LOOPBACK = '127.0.0.1'

/** How many servers of NATS there are: more than one are a cluster. */
export interface NatsOptions {
  readonly folder: string
  readonly count: number
  /** The address that they listen on. */
  readonly host: string
  /** The user who runs the last one, so that a firewall knows its packets. */
  readonly lastUid?: number | undefined
}

interface Node {
  readonly name: string
  readonly port: number
  readonly monitorPort: number
  readonly routePort: number
  readonly uid: number | undefined
  process?: ChildProcess | undefined
}

/** What the monitor of a server reports of its streams. */
interface JetStreamReport {
  readonly account_details?: readonly {
    readonly stream_detail?: readonly {
      readonly name: string
      readonly cluster?: { readonly leader?: string }
    }[]
  }[]
}

/** The servers of NATS of a soak, as processes: one, or a cluster with JetStream. */
export class NatsServers {
  readonly #folder: string
  readonly #nodes: readonly Node[]

  private constructor(folder: string, nodes: readonly Node[]) {
    this.#folder = folder
    this.#nodes = nodes
  }

  static async start({ folder, count, host, lastUid }: NatsOptions): Promise<NatsServers> {
    const ports = await freePorts(3 * count)
    const nodes = Array.from({ length: count }, (_, index): Node => {
      const [port = 0, monitorPort = 0, routePort = 0] = ports.slice(3 * index)
      return {
        name: `n${index + 1}`,
        port,
        monitorPort,
        routePort,
        uid: index + 1 < count ? undefined : lastUid,
      }
    })
    const routes = nodes.map(({ routePort }) => `nats://${LOOPBACK}:${routePort}`)
    // The user of the last one looks for its files in it.
    chmodSync(folder, 0o711)
    for (const { name, port, monitorPort, routePort, uid } of nodes) {
      const store = join(folder, name)
      mkdirSync(store)
      if (uid !== undefined) chownSync(store, uid, uid)
      const cluster = `cluster { name: soak, listen: "${LOOPBACK}:${routePort}", routes: ${JSON.stringify(routes)} }\n`
      writeFileSync(
        join(folder, `${name}.conf`),
        `server_name: ${name}\nlog_file: "${store}/log"\nhost: ${host}\nport: ${port}\nhttp: "${LOOPBACK}:${monitorPort}"\njetstream { store_dir: "${store}" }\n${count > 1 ? cluster : ''}`,
      )
    }
    const servers = new NatsServers(folder, nodes)
    await Promise.all(servers.names.map((name) => servers.resume(name)))
    return servers
  }

  get names(): readonly string[] {
    return this.#nodes.map(({ name }) => name)
  }

  /** The address of one, under which a client of this machine reaches it. */
  url(name: string = 'n1', host: string = LOOPBACK): string {
    return `nats://${host}:${this.#node(name).port}`
  }

  portOf(name: string): number {
    return this.#node(name).port
  }

  pidOf(name: string = 'n1'): number {
    return this.#node(name).process?.pid ?? 0
  }

  /** Starts one, and waits until it is there: in a cluster until it has what the others have. */
  async resume(name: string = 'n1'): Promise<void> {
    const node = this.#node(name)
    const command = process.env['NATS_SERVER'] ?? 'nats-server'
    const user = node.uid === undefined ? {} : { uid: node.uid, gid: node.uid }
    node.process = spawn(command, ['-c', join(this.#folder, `${name}.conf`)], { stdio: 'ignore', ...user })
    node.process.once('error', (error) => {
      console.error(`cannot start ${command}: ${error.message}`)
      process.exit(1)
    })
    await listening(node.port)
    if (this.#nodes.length > 1) while (!(await this.#isHealthy(node))) await pause()
  }

  async kill(name: string = 'n1'): Promise<void> {
    const child = this.#node(name).process
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Kills all of them at once, where nobody can wait. */
  killAll(): void {
    for (const { process } of this.#nodes) process?.kill('SIGKILL')
  }

  async end(): Promise<void> {
    for (const name of this.names) await this.kill(name)
  }

  /** The one that leads a stream; waits until there is one. */
  async leaderOf(stream: string): Promise<string> {
    for (;;) {
      for (const node of this.#nodes) {
        const report = (await asked(node, 'jsz?streams=true')) as JetStreamReport | undefined
        const streams = report?.account_details?.flatMap((account) => account.stream_detail ?? []) ?? []
        const leader = streams.find(({ name }) => name === stream)?.cluster?.leader
        // Others may name one that is gone.
        if (leader === node.name) return leader
      }
      await pause()
    }
  }

  /** The names of the clients that are connected to one. */
  async clientsOf(name: string): Promise<readonly string[]> {
    const report = (await asked(this.#node(name), 'connz')) as
      | { readonly connections?: readonly { readonly name?: string }[] }
      | undefined
    return report?.connections?.flatMap((connection) => connection.name ?? []) ?? []
  }

  async #isHealthy(node: Node): Promise<boolean> {
    const report = (await asked(node, 'healthz')) as { readonly status?: string } | undefined
    return report?.status === 'ok'
  }

  #node(name: string): Node {
    const node = this.#nodes.find((each) => each.name === name)
    if (node === undefined) throw new Error(`there is no server ${name} of NATS`)
    return node
  }
}

async function asked({ monitorPort }: Node, path: string): Promise<unknown> {
  const answer = await fetch(`http://${LOOPBACK}:${monitorPort}/${path}`).catch(() => undefined)
  return answer?.ok ? answer.json() : undefined
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, LOOPBACK))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  return servers.map((server) => {
    const address = server.address()
    server.close()
    if (typeof address !== 'object' || address === null) throw new Error('no port is free')
    return address.port
  })
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection({ port, host: LOOPBACK })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await pause()
    } finally {
      socket.destroy()
    }
  }
}
