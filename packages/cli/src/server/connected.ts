import { AsyncRconClient, type CallOptions, type ConnectionOptions } from '@bercon/client'
import { battleye, type Dialect } from '@bercon/core/kit'
import { askPerson } from '../output/confirmation.js'
import { type Results, STANDARD_RESULTS } from '../output/results.js'
import type { Game } from '../settings/checks.js'
import { resolveSettings, type Settings } from '../settings/settings.js'
import { type ConnectionFlags, readSources } from '../settings/sources.js'
import { messageOf } from '../usage-error.js'
import type { BanRecord } from './records.js'

/** A logged-in client, with its settings. */
export interface Connected {
  readonly client: AsyncRconClient
  readonly settings: Settings
  /** For every call: the timeout that is set, and Ctrl-C. */
  readonly call: CallOptions & { readonly signal: AbortSignal }
  readonly results: Results
  /** Its profile, where the command goes to several servers. */
  readonly server?: string | undefined
  /** Asks the user; missing without a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined
  /** The lists that the user has seen; only in the shell, where commands follow each other. */
  readonly seen?: Seen
}

/** The last lists shown, so that a number keeps its meaning. */
export interface Seen {
  bans: readonly BanRecord[]
}

/** The work of a command at a server that it is logged in to; returns the exit code. */
export type Work = (connected: Connected) => Promise<number>

/** The connection options of a command; flags override them. */
export interface ConnectOptions {
  /** Whether the command runs on: then the list of players is kept up to date, and a lost login noticed soon. */
  readonly runsOn?: boolean
  /** Called with the client before it logs in, so that no event is missed; without it, errors beside the work are noted. */
  readonly prepare?: (client: AsyncRconClient, server: string | undefined) => void
  /** Called before anything is sent; throws if a setting is bad that only this command uses. */
  readonly check?: (settings: Settings) => Promise<unknown>
}

/**
 * A server that went away is reported within 10 s, given up within 20 s, and looked for every few seconds, because lines are
 * missed meanwhile.
 */
export const RUNS_ON: Partial<ConnectionOptions> = {
  keepAliveMs: 5_000,
  maxReconnectDelayMs: 5_000,
}

/** Logs in as the flags say, does the work, and closes the connection however that ends. */
export async function withClient(
  flags: ConnectionFlags,
  signal: AbortSignal,
  work: Work,
  options: ConnectOptions = {},
): Promise<number> {
  const settings = await resolveSettings(await readSources(flags))
  const ask = process.stdin.isTTY ? (question: string) => askPerson(question, signal) : undefined
  const place = { settings, results: STANDARD_RESULTS, ask }
  return connectTo(place, signal, work, options)
}

/** Logs in to a server whose settings are known, does the work, and closes the connection. */
export async function connectTo(
  place: Pick<Connected, 'settings' | 'results' | 'server' | 'ask'>,
  signal: AbortSignal,
  work: Work,
  { runsOn = false, prepare, check }: ConnectOptions = {},
): Promise<number> {
  const { settings } = place
  await check?.(settings)
  const client = await newClient(settings, runsOn)
  if (prepare === undefined) noteErrors(client, place.results)
  else prepare(client, place.server)
  try {
    await client.connect(settings.host, settings.port, settings.password, { signal })
    return await work({ ...place, client, call: { signal, timeoutMs: settings.timeoutMs } })
  } finally {
    await client.close()
  }
}

function noteErrors(client: AsyncRconClient, { note }: Results): void {
  client.listen('error', ({ during, error }) => note(`failed during "${during}": ${messageOf(error)}`))
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
