import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { checkFormat, checkGame, checkPort, checkSeconds, type Game } from './checks.js'
import { variable } from './environment.js'
import { findPassword } from './password.js'
import { HOW_TO_BEGIN, type Profile, type ProfilesFile, readProfilesFile } from './profiles-file.js'
import { readServerCfg, refuseUnread, type ServerCfg } from './server-cfg.js'

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
  readonly encoding?: string
  readonly format?: Format
  readonly wide?: boolean
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
  /** Of what is not UTF-8; nothing for the client's own. The client refuses one that there is not. */
  readonly encoding: string | undefined
  /** Of lists. */
  readonly format: Format
  /** Whether tables may be wider than the terminal. */
  readonly isWide: boolean
  readonly geoip: string | undefined
}

/** Everything that says where a server is, each source by itself. */
export interface Sources {
  readonly flags: ConnectionFlags
  readonly profile: Profile
  /** The config file that the profile is of. */
  readonly configPath: string
  readonly serverCfg: ServerCfg | undefined
}

/** Reads what the flags and the environment point to. @throws {@link UsageError} */
export async function readSources(flags: ConnectionFlags): Promise<Sources> {
  const chosen = await readProfile(flags)
  const cfgPath = namedCfg(flags, chosen.profile)
  return { flags, ...chosen, serverCfg: cfgPath === undefined ? undefined : readServerCfg(cfgPath) }
}

/** The profile that is named, or the default of the config file, or none. @throws {@link UsageError} */
export async function readProfile(
  flags: Pick<ConnectionFlags, 'config' | 'profile'>,
): Promise<Pick<Sources, 'profile' | 'configPath'>> {
  const file = await readProfilesFile(flags.config ?? variable('RCON_CONFIG'))
  return { profile: chooseProfile(file, flags.profile ?? variable('RCON_PROFILE')), configPath: file.path }
}

/** The server's own file, or its folder, where somebody named it. */
export function namedCfg(flags: ConnectionFlags, profile: Profile): string | undefined {
  return flags.serverCfg ?? variable('RCON_SERVER_CFG') ?? profile.serverCfg
}

/**
 * Each setting from the first source that has it: flag, environment, profile, server cfg, default. A password is asked
 * for where none is found and a person is there.
 *
 * @throws {@link UsageError}
 */
export async function resolveSettings(sources: Sources): Promise<Settings> {
  const { flags, profile, serverCfg } = sources
  const { host, port } = resolveAddress(sources)
  const settings = {
    host,
    port,
    game: checkGame(
      'the game',
      flags.game ?? variable('RCON_GAME') ?? profile.game ?? serverCfg?.game ?? 'auto',
    ),
    ...resolveTimes(sources),
    encoding: encodingOf(flags, profile),
    format: formatOf(flags, profile),
    isWide: flags.wide === true,
    geoip: flags.geoip ?? variable('RCON_GEOIP') ?? profile.geoip,
  }
  return { ...settings, password: await findPassword(sources, `${host}:${port}`) }
}

/** Host and port. @throws {@link UsageError} */
export function resolveAddress(sources: Sources): Pick<Settings, 'host' | 'port'> {
  const { flags, profile, serverCfg } = sources
  const port = flags.port ?? variable('RCON_PORT') ?? profile.port ?? portOfCfg(serverCfg)
  if (port === undefined)
    throw new UsageError(
      'no port: give --port (RConPort, not the game port), RCON_PORT, a profile or --server-cfg',
    )
  const host = chosenHost(sources) ?? addressOfCfg(serverCfg) ?? '127.0.0.1'
  return { host, port: checkPort('the port', port) }
}

/** How long to wait for each reply and for the login, where anything says so. @throws {@link UsageError} */
export function resolveTimes({ flags, profile }: Sources): Pick<Settings, 'timeoutMs' | 'loginTimeoutMs'> {
  return {
    timeoutMs: secondsOf('--timeout', flags.timeout, 'RCON_TIMEOUT') ?? profile.timeoutMs,
    loginTimeoutMs:
      secondsOf('--login-timeout', flags.loginTimeout, 'RCON_LOGIN_TIMEOUT') ?? profile.loginTimeoutMs,
  }
}

/** The host that somebody named, rather than a server's own file. */
export function chosenHost({ flags, profile }: Omit<Sources, 'serverCfg'>): string | undefined {
  return flags.host ?? variable('RCON_HOST') ?? profile.host
}

function portOfCfg(cfg: ServerCfg | undefined): number | undefined {
  refuseUnread(cfg, 'port')
  return cfg?.port
}

function addressOfCfg(cfg: ServerCfg | undefined): string | undefined {
  refuseUnread(cfg, 'address')
  return cfg?.ip
}

/** The encoding of what is not UTF-8, where anything names one. */
export function encodingOf(flags: Pick<ConnectionFlags, 'encoding'>, profile: Profile): string | undefined {
  return flags.encoding ?? variable('RCON_ENCODING') ?? profile.encoding
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

function chooseProfile(file: ProfilesFile, asked: string | undefined): Profile {
  const { path, exists, profiles, defaultProfile } = file
  const name = asked ?? defaultProfile
  if (name === undefined) return {}
  const entry = profiles.get(name)
  if (entry !== undefined && 'profile' in entry) return entry.profile
  if (entry !== undefined) throw new UsageError(`${path}: profile "${name}": ${entry.problem}`)
  if (!exists)
    throw new UsageError(`there is no profile "${name}", as there is no config file ${path}; ${HOW_TO_BEGIN}`)
  if (asked === undefined)
    throw new UsageError(`${path}: default names the profile "${name}", which is not in the file`)
  const known = profiles.size === 0 ? 'no profiles' : [...profiles.keys()].join(', ')
  throw new UsageError(`there is no profile "${name}"; ${path} has ${known}`)
}
