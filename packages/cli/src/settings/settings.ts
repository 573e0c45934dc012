import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { checkFormat, checkGame, checkPort, checkSeconds, type Game } from './checks.js'
import { variable } from './environment.js'
import { findPassword } from './password.js'
import { type Profile, type ProfilesFile, readProfilesFile } from './profiles-file.js'
import { readServerCfg, type ServerCfg } from './server-cfg.js'

/** The flags that say where a server is; texts as they were typed. */
export interface ConnectionFlags {
  readonly host?: string
  readonly port?: string
  readonly passwordFile?: string
  readonly passwordStdin?: boolean
  readonly profile?: string
  readonly config?: string
  readonly serverCfg?: string
  readonly game?: string
  readonly timeout?: string
  readonly loginTimeout?: string
  readonly format?: Format
  /** A database of places. */
  readonly geoip?: string
}

/** Where to log in, and how. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly password: string
  readonly game: Game
  /** For each command, in ms; nothing for the client's own. */
  readonly timeoutMs: number | undefined
  readonly loginTimeoutMs: number | undefined
  /** Of lists. */
  readonly format: Format
  readonly geoip: string | undefined
}

/** Everything that says where a server is, each source by itself. */
export interface Sources {
  readonly flags: ConnectionFlags
  readonly profile: Profile
  readonly serverCfg: ServerCfg | undefined
}

/** Reads what the flags and the environment point to. @throws {@link UsageError} */
export async function readSources(flags: ConnectionFlags): Promise<Sources> {
  const file = await readProfilesFile(flags.config ?? variable('RCON_CONFIG'))
  const profile = chooseProfile(file, flags.profile ?? variable('RCON_PROFILE'))
  const cfgPath = flags.serverCfg ?? variable('RCON_SERVER_CFG') ?? profile.serverCfg
  return { flags, profile, serverCfg: cfgPath === undefined ? undefined : readServerCfg(cfgPath) }
}

/**
 * Each setting from the first source that has it: flag, environment, profile, server cfg, default. A password is asked
 * for where none is found and a person is there.
 *
 * @throws {@link UsageError}
 */
export async function resolveSettings(sources: Sources): Promise<Settings> {
  const { flags, profile, serverCfg } = sources
  const port = flags.port ?? variable('RCON_PORT') ?? profile.port ?? serverCfg?.port
  if (port === undefined)
    throw new UsageError(
      'no port: give --port (RConPort, not the game port), RCON_PORT, a profile or --server-cfg',
    )
  const host = flags.host ?? variable('RCON_HOST') ?? profile.host ?? serverCfg?.ip ?? '127.0.0.1'
  const settings = {
    host,
    port: checkPort('the port', port),
    game: checkGame('the game', flags.game ?? variable('RCON_GAME') ?? profile.game ?? 'auto'),
    timeoutMs: secondsOf('--timeout', flags.timeout, 'RCON_TIMEOUT') ?? profile.timeoutMs,
    loginTimeoutMs:
      secondsOf('--login-timeout', flags.loginTimeout, 'RCON_LOGIN_TIMEOUT') ?? profile.loginTimeoutMs,
    format: formatOf(flags, profile),
    geoip: flags.geoip ?? variable('RCON_GEOIP') ?? profile.geoip,
  }
  return { ...settings, password: await findPassword(sources, `${host}:${settings.port}`) }
}

/** The format of lists: the same whether a person looks or not, so that a script does what its author saw. */
export function formatOf(flags: { readonly format?: Format }, profile: Profile): Format {
  const name = flags.format ?? variable('RCON_FORMAT') ?? profile.format ?? 'table'
  return checkFormat('the format', name)
}

/** Of a flag or else a variable, in ms. */
function secondsOf(flag: string, value: string | undefined, name: string): number | undefined {
  if (value !== undefined) return checkSeconds(flag, value)
  const known = variable(name)
  return known === undefined ? undefined : checkSeconds(name, known)
}

function chooseProfile({ path, profiles, defaultProfile }: ProfilesFile, asked: string | undefined): Profile {
  const name = asked ?? defaultProfile
  if (name === undefined) return {}
  const profile = profiles.get(name)
  if (profile !== undefined) return profile
  const known = profiles.size === 0 ? 'no profiles' : [...profiles.keys()].join(', ')
  throw new UsageError(`there is no profile "${name}"; ${path} has ${known}`)
}
