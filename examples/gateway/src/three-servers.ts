import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { RconPool } from '@bercon/client'
import { createToken, Gateway, type GatewayAddresses, type RoleOptions, tokenHash } from '@bercon/gateway'
import { dialect } from '@bercon/reforger'
import { startReforgerSimulator, startSimulator } from '@bercon/simulator'

/** A gateway that runs in front of three simulated servers. */
export interface ThreeServers extends AsyncDisposable {
  readonly addresses: GatewayAddresses
  /** The tokens of ann, who may do everything, and of bob, a moderator. */
  readonly tokens: { readonly ann: string; readonly bob: string }
}

// A gateway finds the console that is installed beside it; in this repository it is elsewhere.
const PAGE = join(dirname(createRequire(import.meta.url).resolve('@bercon/console/package.json')), 'dist')
const PASSWORD = 'correct-horse'

const ROLES: Readonly<Record<string, RoleOptions>> = {
  owner: { servers: ['*'], commands: ['*'], audit: true },
  moderator: {
    servers: ['altis', 'chernarus'],
    commands: ['players', 'bans', 'say', 'kick'],
    perMinute: 60,
    sayPrefix: '[{user}] ',
  },
}

/** Starts simulated servers of Arma 3, DayZ and Reforger, and a gateway in front of them. 0 is any free port. */
export async function startThreeServers(ports: {
  readonly battleye: number
  readonly http: number
}): Promise<ThreeServers> {
  const games = { altis: 'arma3', chernarus: 'dayz', everon: 'reforger' } as const
  const simulators = {
    altis: await startSimulator({ password: PASSWORD, seed: 1 }),
    chernarus: await startSimulator({ password: PASSWORD, seed: 2, game: 'dayz' }),
    everon: await startReforgerSimulator({ password: PASSWORD, seed: 3 }),
  }
  const pool = new RconPool()
  for (const [name, { address: host, port }] of Object.entries(simulators))
    await pool.add(name, { host, port, password: PASSWORD }, name === 'everon' ? { dialect } : {})
  const directory = await mkdtemp(join(tmpdir(), 'bercon-audit-'))
  const tokens = { ann: createToken(), bob: createToken() }
  const gateway = new Gateway({
    servers: pool,
    games,
    users: {
      ann: { tokenSha256: tokenHash(tokens.ann), role: 'owner' },
      bob: { tokenSha256: tokenHash(tokens.bob), role: 'moderator' },
    },
    roles: ROLES,
    audit: { directory },
    onEvent: (event) => {
      if (event.type === 'error') console.error(event.during, event.error)
    },
  })
  const close = async () => {
    await gateway.close()
    await pool.close()
    await Promise.all(Object.values(simulators).map((simulator) => simulator.close()))
    await rm(directory, { recursive: true })
  }
  const portOf = (index: number) => (ports.battleye === 0 ? 0 : ports.battleye + index)
  const battleye = Object.fromEntries(
    Object.keys(games).map((name, index) => [name, { port: portOf(index) }]),
  )
  try {
    const addresses = await gateway.listen({ battleye, http: { port: ports.http, page: PAGE } })
    return { addresses, tokens, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}
