import { UsageError } from '../usage-error.js'
import type { Connected } from './connected.js'
import type { GameServer, ListName } from './game-server.js'

/** The server by the RCON that it runs, which is detected unless `--game` sets it. */
export async function knownServer(connected: Connected): Promise<GameServer> {
  const { client, settings, call } = connected
  const { battleyeServer } = await import('./battleye-server.js')
  if (settings.game === 'battleye') return battleyeServer(connected)
  const [{ reforger }, { reforgerServer }] = await Promise.all([
    import('@bercon/reforger'),
    import('./reforger-server.js'),
  ])
  if (settings.game === 'reforger') return reforgerServer(connected)
  const rcon = await reforger(client).rcon(call)
  return rcon === 'battleye' ? battleyeServer(connected) : reforgerServer(connected)
}

/** The error for a list that is not available: Reforger's built-in RCON lacks some of BattlEye's. */
export async function missingList(error: unknown, list: ListName, connected: Connected): Promise<unknown> {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'unknown-command'
  if (!isUnknown) return error
  const { rcon } = await knownServer(connected)
  return rcon.lists.includes(list)
    ? error
    : new UsageError(`${rcon.name} cannot list ${list}`, { cause: error })
}
