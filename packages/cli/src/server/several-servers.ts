import { EXIT, exitCodeOf } from '../exit-codes.js'
import { sharedResults } from '../output/results.js'
import { reportError } from '../report.js'
import { formatOf, variable } from '../settings/checks.js'
import { HOW_TO_BEGIN, readProfilesFile } from '../settings/profiles-file.js'
import { resolveSettings, type Settings } from '../settings/settings.js'
import { type ConnectionFlags, readSources } from '../settings/sources.js'
import { UsageError } from '../usage-error.js'
import { type ConnectOptions, connectTo, type Work, withClient } from './connected.js'

/** The flags of a command for several servers. */
export interface ServersFlags extends Omit<ConnectionFlags, 'profile'> {
  readonly profile?: readonly string[]
  /** Every profile of the config file. */
  readonly all?: boolean
  readonly verbose?: boolean
}

/**
 * Runs the work on the server that the flags name, or on several at the same time; none waits for another. Returns the
 * exit code of the first failure, in the order of the flags.
 */
export async function withServers(
  { profile = [], all = false, ...flags }: ServersFlags,
  signal: AbortSignal,
  work: Work,
  options: ConnectOptions = {},
): Promise<number> {
  const names = all ? await everyProfile(flags.config, profile) : [...new Set(profile)]
  const [name] = names
  if (names.length < 2 && !all)
    return withClient({ ...flags, ...(name === undefined ? {} : { profile: name }) }, signal, work, options)
  refuseOneServersFlags(flags)
  await refuseUnknown(names, flags.config)
  const format = formatOf(flags, {})
  const shared = sharedResults()
  const fail = (server: string, error: unknown) => {
    if (!signal.aborted) reportError(error, flags.verbose === true, shared.of(server).note)
    return exitCodeOf(error)
  }
  const places: { readonly server: string; readonly settings: Settings | { readonly error: unknown } }[] = []
  // One after the other, because each may ask for a password.
  for (const server of names) {
    const sources = readSources({ ...flags, profile: server })
    const settings = await sources.then(resolveSettings).catch((error: unknown) => ({ error }))
    places.push({ server, settings: 'error' in settings ? settings : { ...settings, format } })
  }
  const codes = places.map(async ({ server, settings }) => {
    if ('error' in settings) return fail(server, settings.error)
    const place = { server, settings, results: shared.of(server) }
    return connectTo(place, signal, work, options).catch((error: unknown) => fail(server, error))
  })
  const ended = await Promise.all(codes)
  await shared.end()
  return ended.find((code) => code !== EXIT.done) ?? EXIT.done
}

async function everyProfile(
  config: string | undefined,
  named: readonly string[],
): Promise<readonly string[]> {
  if (named.length > 0) throw new UsageError('--all means every profile: leave out --profile')
  const { path, exists, profiles } = await readProfilesFile(config ?? variable('RCON_CONFIG'))
  if (!exists) throw new UsageError(`--all: there is no config file ${path}; ${HOW_TO_BEGIN}`)
  if (profiles.size > 0) return [...profiles.keys()]
  throw new UsageError(`--all: ${path} has no profiles`)
}

/** A name that was misspelt keeps the command from all of them; a profile with something wrong in it only from itself. */
async function refuseUnknown(names: readonly string[], config: string | undefined): Promise<void> {
  const { path, profiles } = await readProfilesFile(config ?? variable('RCON_CONFIG'))
  const unknown = names.find((name) => !profiles.has(name))
  if (unknown !== undefined)
    throw new UsageError(`there is no profile "${unknown}"; ${path} has ${[...profiles.keys()].join(', ')}`)
}

/** Refuses flags that would send each command to one server several times. */
function refuseOneServersFlags({ host, port, serverCfg, passwordStdin }: ConnectionFlags): void {
  const given = {
    '--host': host,
    '--port': port,
    '--server-cfg': serverCfg,
    '--password-stdin': passwordStdin,
    RCON_HOST: variable('RCON_HOST'),
    RCON_PORT: variable('RCON_PORT'),
    RCON_SERVER_CFG: variable('RCON_SERVER_CFG'),
  }
  const names = Object.entries(given).filter(([, value]) => value !== undefined)
  const [first] = names
  if (first === undefined) return
  throw new UsageError(`${first[0]} applies to one server, but you named several profiles: leave it out`)
}
