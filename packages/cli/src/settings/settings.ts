import { UsageError } from '../usage-error.js'
import { checkGame, checkPort, checkSeconds, type Game } from './checks.js'
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
    timeoutMs: flags.timeout === undefined ? undefined : checkSeconds('--timeout', flags.timeout),
    loginTimeoutMs:
      flags.loginTimeout === undefined ? undefined : checkSeconds('--login-timeout', flags.loginTimeout),
  }
  return { ...settings, password: await findPassword(sources, `${host}:${settings.port}`) }
}

function chooseProfile({ path, profiles, defaultProfile }: ProfilesFile, asked: string | undefined): Profile {
  const name = asked ?? defaultProfile
  if (name === undefined) return {}
  const profile = profiles.get(name)
  if (profile !== undefined) return profile
  const known = profiles.size === 0 ? 'no profiles' : [...profiles.keys()].join(', ')
  throw new UsageError(`there is no profile "${name}"; ${path} has ${known}`)
}
