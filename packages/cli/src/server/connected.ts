import {
  AsyncRconClient,
  battleye,
  type CallOptions,
  type ConnectionOptions,
  type Dialect,
} from '@bercon/client'
import type { Game } from '../settings/checks.js'
import { type ConnectionFlags, readSources, resolveSettings, type Settings } from '../settings/settings.js'

/** A client that is logged in, with what was set for it. */
export interface Connected {
  readonly client: AsyncRconClient
  readonly settings: Settings
  /** For every call: the time-out that was asked for, and Ctrl-C. */
  readonly call: CallOptions & { readonly signal: AbortSignal }
}

/** How a command likes to be connected, where the flags say nothing. */
export interface ConnectOptions {
  /** Whether the command runs on: then the list of players is kept up to date, and a lost login noticed soon. */
  readonly runsOn?: boolean
  /** Is given the client before it logs in, so that no event is missed. */
  readonly prepare?: (client: AsyncRconClient) => void
}

/**
 * A server that went away is noticed within some 25 s and looked for every few seconds, because lines are missed
 * meanwhile: a keep-alive every 5 s, and gone are 20 of them unanswered, in some 15 s, and silence for 5 s. Where half
 * of all exchanges fail, that is a false alarm every million sendings.
 */
export const RUNS_ON: Partial<ConnectionOptions> = {
  keepAliveMs: 5_000,
  forgottenAfterPackets: 20,
  forgottenAfterMs: 5_000,
  maxReconnectDelayMs: 5_000,
}

/** Logs in as the flags say, does the work, and closes the connection however that ends. */
export async function withClient<T>(
  flags: ConnectionFlags,
  signal: AbortSignal,
  work: (connected: Connected) => Promise<T>,
  { runsOn = false, prepare }: ConnectOptions = {},
): Promise<T> {
  const settings = await resolveSettings(await readSources(flags))
  const client = await newClient(settings, runsOn)
  prepare?.(client)
  try {
    await client.connect(settings.host, settings.port, settings.password, { signal })
    return await work({ client, settings, call: { signal, timeoutMs: settings.timeoutMs } })
  } finally {
    await client.close()
  }
}

async function newClient(settings: Settings, runsOn: boolean): Promise<AsyncRconClient> {
  const { game, loginTimeoutMs, encoding } = settings
  return new AsyncRconClient({
    dialect: await dialectOf(game),
    ...(loginTimeoutMs === undefined ? {} : { loginTimeoutMs }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(runsOn ? RUNS_ON : { playersIntervalMs: 0 }),
  })
}

async function dialectOf(game: Game): Promise<Dialect> {
  if (game === 'battleye') return battleye
  const { createDialect } = await import('@bercon/reforger')
  return createDialect({ rcon: game === 'auto' ? 'auto' : 'built-in' })
}
