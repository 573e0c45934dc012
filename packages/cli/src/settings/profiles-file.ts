import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Format } from '../output/listing.js'
import { UsageError } from '../usage-error.js'
import { checkFormat, checkGame, checkPort, checkSeconds, type Game } from './checks.js'
import { variable } from './environment.js'

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
  readonly format?: Format
  /** A database of places; relative to the config file. */
  readonly geoip?: string
}

/** The config file: every profile, and the one that is used where none is named. */
export interface ProfilesFile {
  readonly path: string
  readonly defaultProfile: string | undefined
  readonly profiles: ReadonlyMap<string, Profile>
}

/** Where the config file is, unless told otherwise. */
function usualPath(): string {
  const folder = process.platform === 'win32' ? variable('APPDATA') : variable('XDG_CONFIG_HOME')
  return join(folder ?? join(homedir(), '.config'), 'bercon', 'config.toml')
}

/** Reads the config file; one that is not there has no profiles, unless it was asked for. @throws {@link UsageError} */
export async function readProfilesFile(asked: string | undefined): Promise<ProfilesFile> {
  const path = asked ?? usualPath()
  if (asked === undefined && !existsSync(path))
    return { path, defaultProfile: undefined, profiles: new Map() }
  try {
    const { parse } = await import('smol-toml')
    return { path, ...readTables(parse(readFileSync(path, 'utf8')), dirname(path)) }
  } catch (error) {
    // Only the first line: the others show the file, which may have a password in it.
    const [problem] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new UsageError(`${path}: ${problem}`)
  }
}

function readTables(tables: Readonly<Record<string, unknown>>, folder: string): Omit<ProfilesFile, 'path'> {
  const { default: named, profiles = {}, ...unknown } = tables
  refuseUnknown(Object.keys(unknown), 'the file')
  const entries = Object.entries(tableOf('profiles', profiles))
  const read = new Map(entries.map(([name, table]) => [name, readProfile(name, table, folder)]))
  const defaultProfile = named === undefined ? undefined : textOf('default', named)
  if (defaultProfile !== undefined && !read.has(defaultProfile))
    throw new UsageError(`default names the profile "${defaultProfile}", which is not in the file`)
  return { defaultProfile, profiles: read }
}

function readProfile(name: string, table: unknown, folder: string): Profile {
  const { host, port, password, password_file, server_cfg, game, ...others } = tableOf(name, table)
  const { timeout, login_timeout, format, geoip, ...unknown } = others
  refuseUnknown(Object.keys(unknown), `profile "${name}"`)
  const pathOf = (key: string, value: unknown) => resolve(folder, textOf(key, value))
  return {
    ...(host === undefined ? {} : { host: textOf('host', host) }),
    ...(port === undefined ? {} : { port: checkPort('port', port) }),
    ...(password === undefined ? {} : { password: textOf('password', password) }),
    ...(password_file === undefined ? {} : { passwordFile: pathOf('password_file', password_file) }),
    ...(server_cfg === undefined ? {} : { serverCfg: pathOf('server_cfg', server_cfg) }),
    ...(game === undefined ? {} : { game: checkGame('game', game) }),
    ...(timeout === undefined ? {} : { timeoutMs: checkSeconds('timeout', timeout) }),
    ...(login_timeout === undefined ? {} : { loginTimeoutMs: checkSeconds('login_timeout', login_timeout) }),
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
  throw new UsageError(`${name} must be a text in quotes`)
}

function refuseUnknown(names: readonly string[], where: string): void {
  if (names.length > 0) throw new UsageError(`${where} has a setting that is not known: ${names.join(', ')}`)
}
