import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { checkFormat, checkGame, checkPort, checkSeconds, type Game, variable } from './checks.js'

/** One server's settings, by a name. */
export interface Profile {
  readonly host?: string
  readonly port?: number
  readonly password?: string
  /** A file with the password in it; relative to the config file. */
  readonly passwordFile?: string
  /** As `--server-cfg`; relative to the config file. */
  readonly serverCfg?: string
  readonly game?: Game
  readonly timeoutMs?: number
  readonly loginTimeoutMs?: number
  readonly encoding?: string
  readonly format?: Format
  /** A GeoIP database; relative to the config file. */
  readonly geoip?: string
}

/** One entry of the config file; a faulty one does not affect the others. */
type ProfileEntry = { readonly profile: Profile } | { readonly problem: string }

/** The config file: every profile, and the default one. */
export interface ProfilesFile {
  readonly path: string
  /** Whether there is such a file at all. */
  readonly exists: boolean
  readonly defaultProfile: string | undefined
  readonly profiles: ReadonlyMap<string, ProfileEntry>
}

/** The default path of the config file. */
function usualPath(): string {
  const folder = process.platform === 'win32' ? variable('APPDATA') : variable('XDG_CONFIG_HOME')
  return join(folder ?? join(homedir(), '.config'), 'bercon', 'config.toml')
}

/** Reads the config file; a missing one has no profiles, unless it was named. @throws {@link UsageError} */
export async function readProfilesFile(asked: string | undefined): Promise<ProfilesFile> {
  const path = asked ?? usualPath()
  if (!existsSync(path)) {
    if (asked !== undefined) throw new UsageError(`there is no config file ${path}; ${HOW_TO_BEGIN}`)
    return { path, exists: false, defaultProfile: undefined, profiles: new Map() }
  }
  return { path, exists: true, ...readTables(await parseFile(path), path) }
}

/** How to get a config file. */
export const HOW_TO_BEGIN = '"bercon profiles --example" prints one to start from'

async function parseFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    // Only the first line: the others show the file, which may have a password in it.
    const [problem] = (error instanceof Error ? error.message : String(error)).split('\n')
    const place = error instanceof TomlError ? `:${error.line}:${error.column}` : ''
    throw new UsageError(`${path}${place}: ${problem}`)
  }
}

function readTables(
  tables: Readonly<Record<string, unknown>>,
  path: string,
): Pick<ProfilesFile, 'defaultProfile' | 'profiles'> {
  try {
    const { default: named, profiles = {}, ...unknown } = tables
    refuseUnknown(Object.keys(unknown))
    const entries = Object.entries(tableOf('profiles', profiles))
    return {
      defaultProfile: named === undefined ? undefined : textOf('default', named),
      profiles: new Map(entries.map(([name, table]) => [name, readEntry(name, table, dirname(path))])),
    }
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readEntry(name: string, table: unknown, folder: string): ProfileEntry {
  try {
    return { profile: readProfile(name, table, folder) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function readProfile(name: string, table: unknown, folder: string): Profile {
  const { host, port, password, password_file, server_cfg, game, ...others } = tableOf(name, table)
  const { timeout, login_timeout, encoding, format, geoip, ...unknown } = others
  refuseUnknown(Object.keys(unknown))
  const pathOf = (key: string, value: unknown) => resolve(folder, textOf(key, value))
  return {
    ...(host === undefined ? {} : { host: textOf('host', host) }),
    ...(port === undefined ? {} : { port: checkPort('port', port) }),
    ...(password === undefined ? {} : { password: passwordOf(password) }),
    ...(password_file === undefined ? {} : { passwordFile: pathOf('password_file', password_file) }),
    ...(server_cfg === undefined ? {} : { serverCfg: pathOf('server_cfg', server_cfg) }),
    ...(game === undefined ? {} : { game: checkGame('game', game) }),
    ...(timeout === undefined ? {} : { timeoutMs: checkSeconds('timeout', timeout) }),
    ...(login_timeout === undefined ? {} : { loginTimeoutMs: checkSeconds('login_timeout', login_timeout) }),
    ...(encoding === undefined ? {} : { encoding: textOf('encoding', encoding) }),
    ...(format === undefined ? {} : { format: checkFormat('format', format) }),
    ...(geoip === undefined ? {} : { geoip: pathOf('geoip', geoip) }),
  }
}

function tableOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  throw new UsageError(`${name} must be a table`)
}

// Not the value itself: it may be a password.
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new UsageError(`${name} must be text in quotes`)
}

function passwordOf(value: unknown): string {
  const password = textOf('password', value)
  if (password === '') throw new UsageError('password is empty: write the password, or remove the line')
  return password
}

function refuseUnknown(names: readonly string[]): void {
  if (names.length > 0) throw new UsageError(`unknown setting: ${names.join(', ')}`)
}
