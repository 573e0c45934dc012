import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { variable } from './checks.js'
import { HOW_TO_BEGIN, type Profile, type ProfilesFile, readProfilesFile } from './profiles-file.js'
import { readServerCfg, type ServerCfg } from './server-cfg.js'

/** The flags that locate a server; texts as typed. */
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
  /** A GeoIP database. */
  readonly geoip?: string
  readonly verbose?: boolean
}

/** All sources of settings, each by itself. */
export interface Sources {
  readonly flags: ConnectionFlags
  readonly profile: Profile
  /** The config file that the profile is of. */
  readonly configPath: string
  readonly serverCfg: ServerCfg | undefined
}

/** Reads the files that the flags and the environment name. @throws {@link UsageError} */
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

/** The server's own file, or its folder, if the user named it. */
export function namedCfg(flags: ConnectionFlags, profile: Profile): string | undefined {
  return flags.serverCfg ?? variable('RCON_SERVER_CFG') ?? profile.serverCfg
}

/** The encoding of text that is not UTF-8, if a source names one. */
export function encodingOf(flags: Pick<ConnectionFlags, 'encoding'>, profile: Profile): string | undefined {
  return flags.encoding ?? variable('RCON_ENCODING') ?? profile.encoding
}

function chooseProfile(file: ProfilesFile, asked: string | undefined): Profile {
  const { path, exists, profiles, defaultProfile } = file
  const name = asked ?? defaultProfile
  if (name === undefined) return {}
  const entry = profiles.get(name)
  if (entry !== undefined && 'profile' in entry) return entry.profile
  if (entry !== undefined) throw new UsageError(`${path}: profile "${name}": ${entry.problem}`)
  if (!exists)
    throw new UsageError(
      `there is no profile "${name}", because there is no config file ${path}; ${HOW_TO_BEGIN}`,
    )
  if (asked === undefined) throw new UsageError(`${path}: the default profile "${name}" is not in the file`)
  const known = profiles.size === 0 ? 'no profiles' : [...profiles.keys()].join(', ')
  throw new UsageError(`there is no profile "${name}"; ${path} has ${known}`)
}
