import { InvalidArgumentError } from '@bercon/client'
import type { FleetEntry } from '../config/gateway-file.js'
import type { ServerGame } from '../servers/game.js'
import type { GatewayServers } from '../servers/server-list.js'

/** The servers of a fleet, for a gateway. */
export interface FleetServers {
  readonly servers: GatewayServers
  /** What they play, as the fleet's list has it now. */
  games(): Readonly<Record<string, ServerGame>>
  close(): Promise<void>
}

/**
 * Connects to a fleet. NATS is loaded here, so that a gateway without a fleet need not have it.
 *
 * @throws {@link InvalidArgumentError} if its libraries are not installed; an error of NATS if it cannot be reached.
 */
export async function openFleet(entry: FleetEntry): Promise<FleetServers> {
  const { FleetDirectory, connectFleet } = await loaded()
  const { nats, user, password, inboxPrefix, prefix } = entry
  const credentials = password === undefined ? {} : { user, pass: password }
  const fleet = await connectFleet({
    nats: { servers: [...nats], ...credentials, ...(inboxPrefix === undefined ? {} : { inboxPrefix }) },
    prefix,
    create: false,
  })
  const { bus, servers } = fleet
  const directory = new FleetDirectory({ bus, servers, user, ...(prefix === undefined ? {} : { prefix }) })
  await directory.ready
  return {
    servers: directory,
    games: () =>
      Object.fromEntries(directory.names.map((name) => [name, directory.serverOf(name)?.game ?? 'auto'])),
    close: async () => {
      await directory.close()
      await fleet.close()
    },
  }
}

async function loaded() {
  try {
    const [{ FleetDirectory }, { connectFleet }] = await Promise.all([
      import('@bercon/fleet'),
      import('@bercon/fleet/nats'),
    ])
    return { FleetDirectory, connectFleet }
  } catch (error) {
    const sentence = `[fleet] needs NATS: npm install @nats-io/transport-node @nats-io/kv (${(error as Error).message})`
    throw new InvalidArgumentError('fleet', undefined, 'left out without the libraries of NATS', sentence)
  }
}
