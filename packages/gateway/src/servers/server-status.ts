import type { ConnectionState } from '@bercon/client'
import type { EventFeed } from '../events/event-feed.js'
import { mayRun } from '../roles/judge.js'
import type { Role } from '../roles/role.js'
import type { ServerGame } from './game.js'
import type { GatewayServer } from './server-list.js'

/** How a server is, as far as a role may see it. */
export interface ServerStatus {
  readonly name: string
  readonly game: ServerGame
  readonly state: ConnectionState
  /** `null` if the role may not list players, while there is no login, and where only a command says so. */
  readonly players: number | null
  readonly roundTripMs: number | null
  readonly inFlight: number
  readonly queued: number
  /** Since the server was added. */
  readonly datagrams: {
    readonly sent: number
    readonly resent: number
    readonly received: number
    readonly repeated: number
    readonly malformed: number
  }
  readonly logins: number
  /** The newest that the role may hear. */
  readonly lastLine: { readonly at: number; readonly text: string } | null
}

/** The status of one server. */
export function serverStatus(server: GatewayServer, role: Role, feed: EventFeed): ServerStatus {
  const { name, game, client } = server
  const { sent, resent, received, repeated, malformed, logins, inFlight, queued, smoothedRoundTripMs } =
    client.statistics
  return {
    name,
    game,
    state: client.state,
    players: mayRun(role, server, 'players') ? playersKnown(server) : null,
    roundTripMs: smoothedRoundTripMs ?? null,
    inFlight,
    queued,
    datagrams: { sent, resent, received, repeated, malformed },
    logins,
    lastLine: feed.lastLine(name, role.mayHear) ?? null,
  }
}

/** The client reads BattlEye's lists and lines only; Reforger's own RCON has others. */
export function playersKnown({ client, game }: GatewayServer): number | null {
  const { length } = client.players
  const isUnknown = !client.isConnected() || (length === 0 && (game === 'reforger' || game === 'auto'))
  return isUnknown ? null : length
}
