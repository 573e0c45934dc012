import { AsyncRconClient, battleye, type CallOptions, type Dialect } from '@bercon/client'
import type { Game } from '../settings/checks.js'
import { type ConnectionFlags, readSources, resolveSettings, type Settings } from '../settings/settings.js'

/** A client that is logged in, with what was set for it. */
export interface Connected {
  readonly client: AsyncRconClient
  readonly settings: Settings
  /** For every call: the time-out that was asked for, and Ctrl-C. */
  readonly call: CallOptions
}

/** How a command likes to be connected, where the flags say nothing. */
export interface ConnectOptions {
  /** Whether the client keeps its list of players up to date; only a command that runs on needs that. */
  readonly keepsPlayers?: boolean
  /** Is given the client before it logs in, so that no event is missed. */
  readonly prepare?: (client: AsyncRconClient) => void
}

/** Logs in as the flags say, does the work, and closes the connection however that ends. */
export async function withClient<T>(
  flags: ConnectionFlags,
  signal: AbortSignal,
  work: (connected: Connected) => Promise<T>,
  { keepsPlayers = false, prepare }: ConnectOptions = {},
): Promise<T> {
  const settings = await resolveSettings(await readSources(flags))
  const client = await newClient(settings, keepsPlayers)
  prepare?.(client)
  try {
    await client.connect(settings.host, settings.port, settings.password, { signal })
    return await work({ client, settings, call: { signal, timeoutMs: settings.timeoutMs } })
  } finally {
    await client.close()
  }
}

async function newClient(
  { game, loginTimeoutMs }: Settings,
  keepsPlayers: boolean,
): Promise<AsyncRconClient> {
  return new AsyncRconClient({
    dialect: await dialectOf(game),
    ...(loginTimeoutMs === undefined ? {} : { loginTimeoutMs }),
    ...(keepsPlayers ? {} : { playersIntervalMs: 0 }),
  })
}

async function dialectOf(game: Game): Promise<Dialect> {
  if (game === 'battleye') return battleye
  const { createDialect } = await import('@bercon/reforger')
  return createDialect({ rcon: game === 'auto' ? 'auto' : 'built-in' })
}
