import type { ClientClock } from '@bercon/client'
import type { AuditLines } from './audit/audit.js'
import type { AuditGiven } from './audit/audit-options.js'
import type { HttpOptions } from './fronts/http/http-options.js'
import type { GatewayEvent } from './gateway-event.js'
import type { ServerGame } from './servers/game.js'
import type { GatewayServers } from './servers/server-list.js'
import type { AccessOptions } from './users/access.js'

/** What a gateway is made with. */
export interface GatewaySettings extends AccessOptions {
  /** The servers by name. The program that made them adds and removes them, at any time, and closes them. */
  readonly servers: GatewayServers
  /**
   * What each server plays, by name.
   * @default 'auto' for each
   */
  readonly games?: Readonly<Record<string, ServerGame>>
  /** Where the audit goes: files, or a place of your own, which `GET /api/audit` cannot read. */
  readonly audit: AuditGiven | AuditLines
  /** Is called with what happens beside commands, which are in the audit. */
  readonly onEvent?: (event: GatewayEvent) => void
  /** @default the clock of this process */
  readonly clock?: ClientClock
}

/** What of a gateway can change while it runs. */
export type GatewayChange = Partial<AccessOptions> & Pick<GatewaySettings, 'games'>

/** Where users come in. */
export interface GatewayListenOptions {
  /** For each server by name, where users' own BattlEye tools log in to it. BattlEye sends tokens unencrypted. */
  readonly battleye?: Readonly<Record<string, { readonly host?: string; readonly port?: number }>>
  /** HTTP and WebSocket; left out, there are none. */
  readonly http?: HttpOptions
}
