import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AsyncRconClient, RconPool } from '@bercon/client'
import { FleetDirectory, FleetWorker, MemoryBus, MemoryLeases, MemoryServerList } from '@bercon/fleet'
import {
  createToken,
  Gateway,
  type GatewayEvent,
  type GatewayServers,
  type RoleOptions,
  tokenHash,
} from '@bercon/gateway'
import { type GameWorld, type Simulator, type SimulatorOptions, startSimulator } from '@bercon/simulator'

/** The roles of the tests' users: ann may do everything, bob some things at altis, cid hears nothing. */
export const ROLES = {
  owner: { servers: ['*'], commands: ['*'], audit: true },
  moderator: {
    servers: ['altis'],
    commands: ['players', 'say', 'kick'],
    events: ['player*'],
    sayPrefix: '[{user}] ',
  },
  deaf: { servers: ['altis'], commands: ['players'], events: [], perMinute: 3 },
} satisfies Readonly<Record<string, RoleOptions>>

/** What JSON says; a test knows what it expects. */
// biome-ignore lint/suspicious/noExplicitAny: the tests compare it with what they expect, field by field
export type Json = any

type Altis = { readonly host: string; readonly port: number; readonly password: string }

/** The servers of a gateway, logged in, and how to end them. */
interface RunningServers {
  readonly servers: GatewayServers
  add(name: string, target: Altis): Promise<unknown>
  close(): Promise<unknown>
}

async function poolOf(altis: Altis): Promise<RunningServers> {
  const pool = new RconPool()
  await pool.add('altis', altis)
  return { servers: pool, add: (name, target) => pool.add(name, target), close: () => pool.close() }
}

/** A fleet in this process, with one worker. */
async function fleetOf(altis: Altis): Promise<RunningServers> {
  const list = new MemoryServerList([{ name: 'altis', game: 'arma3', ...altis }])
  const bus = new MemoryBus()
  const directory = new FleetDirectory({ bus, servers: list, user: 'gateway' })
  await directory.ready
  const connected = directory.get('altis')?.waitFor('connect')
  const worker = new FleetWorker({ id: 'w1', bus, leases: new MemoryLeases(), servers: list })
  worker.start()
  await connected
  const add = async (name: string, target: Altis) => list.put({ name, game: 'arma3', ...target })
  return { servers: directory, add, close: async () => [await directory.close(), await worker.stop()] }
}

/** A gateway on free ports with one simulated server, altis, behind it: in a pool, or in a fleet. */
export async function startGateway(
  options: Partial<SimulatorOptions> = {},
  source: 'pool' | 'fleet' = 'pool',
) {
  const directory = mkdtempSync(join(tmpdir(), 'bercon-gateway-'))
  const simulator = await startSimulator({
    password: 'hunter2',
    bots: false,
    initialPlayers: 0,
    seed: 7,
    ...options,
  })
  const { address: host, port } = simulator
  const altis = { host, port, password: 'hunter2' }
  const running = source === 'pool' ? await poolOf(altis) : await fleetOf(altis)
  const pool = running.servers
  const tokens = { ann: createToken(), bob: createToken(), cid: createToken() }
  const userOf = (name: keyof typeof tokens, role: keyof typeof ROLES) => ({
    tokenSha256: tokenHash(tokens[name]),
    role,
  })
  const users = { ann: userOf('ann', 'owner'), bob: userOf('bob', 'moderator'), cid: userOf('cid', 'deaf') }
  const events: GatewayEvent[] = []
  const gateway = new Gateway({
    servers: pool,
    games: { altis: 'arma3' },
    users,
    roles: ROLES,
    audit: { directory },
    onEvent: (event) => events.push(event),
  })
  const { battleye, http } = await gateway.listen({ battleye: { altis: {} }, http: { port: 0 } })
  const url = http?.url ?? ''
  const clients: AsyncRconClient[] = []
  return {
    simulator: simulator as Simulator<GameWorld>,
    pool,
    add: running.add,
    gateway,
    tokens,
    users,
    events,
    directory,
    url,
    battleyePort: Object.values(battleye)[0]?.port ?? 0,
    /** A request with a user's token. */
    ask: (name: keyof typeof tokens, path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${tokens[name]}`, ...init.headers },
      }),
    /** What a user reads there. */
    json: async (name: keyof typeof tokens, path: string): Promise<Json> => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${tokens[name]}` } })
      return (await response.json()) as Json
    },
    /** A command by HTTP. */
    command: async (name: keyof typeof tokens, text: string, server = 'altis') => {
      const response = await fetch(`${url}/api/servers/${server}/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[name]}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      })
      return { status: response.status, headers: response.headers, body: (await response.json()) as Json }
    },
    /** A client that is logged in at the BattlEye front. */
    client: async (password: string) => {
      const client = new AsyncRconClient({ playersIntervalMs: 0 })
      clients.push(client)
      const { address = '', port = 0 } = Object.values(battleye)[0] ?? {}
      return client.connect(address, port, password)
    },
    audit: () =>
      readdirSync(directory)
        .sort()
        .flatMap((name) => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n'))
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    close: async () => {
      for (const client of clients) await client.close()
      await gateway.close()
      await running.close()
      await simulator.close()
      rmSync(directory, { recursive: true })
    },
  }
}
