import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../usage-error.js'
import { checkPort } from './checks.js'

/** What a server's `BEServer_x64.cfg` says of its RCON. */
export interface ServerCfg {
  /** The file that was read. */
  readonly path: string
  readonly password: string | undefined
  readonly port: number | undefined
  /** The address that RCON listens at; nothing for all of them. */
  readonly ip: string | undefined
  readonly restrictRcon: boolean | undefined
}

// The server renames the file that it uses: `beserver_x64_active_1a2b.cfg`, in any case.
const NAME = /^beserver(_x64)?(_active_[0-9a-z]+)?\.cfg$/i
const FOLDER = /^battleye$/i
const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '::']

/**
 * Reads the file at `path`, or the newest such file in the folder at `path` or in its `BattlEye`.
 *
 * @throws {@link UsageError} when there is none, or its port is none.
 */
export function readServerCfg(path: string): ServerCfg {
  const { file, text } = read(path)
  const entries = readEntries(text)
  const port = entries.get('rconport')
  const ip = entries.get('rconip')
  const restricted = entries.get('restrictrcon')
  return {
    path: file,
    password: entries.get('rconpassword'),
    port: port === undefined ? undefined : checkPort(`RConPort in ${file}`, port),
    ip: ip === undefined || ANY_ADDRESS.includes(ip) ? undefined : ip,
    restrictRcon: restricted === undefined ? undefined : restricted !== '0',
  }
}

/** The newest such file in a folder or in its `BattlEye`, if there is one. */
export function findServerCfg(folder: string): ServerCfg | undefined {
  const path = newestIn(folder)
  return path === undefined ? undefined : readServerCfg(path)
}

function read(path: string): { readonly file: string; readonly text: string } {
  try {
    const file = statSync(path).isDirectory() ? newestIn(path) : path
    if (file !== undefined) return { file, text: readFileSync(file, 'utf8') }
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new UsageError(`there is no BEServer_x64.cfg in ${path}`)
}

function newestIn(folder: string): string | undefined {
  const folders = [folder, ...namesIn(folder, FOLDER).map((name) => join(folder, name))]
  const found = folders.flatMap((each) => namesIn(each, NAME).map((name) => join(each, name)))
  return found.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
}

function namesIn(folder: string, pattern: RegExp): readonly string[] {
  return statSync(folder).isDirectory() ? readdirSync(folder).filter((name) => pattern.test(name)) : []
}

/** The lines `Key Value` by key, in lower case; a later line has precedence. */
function readEntries(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, key, value] = /^\s*(\S+)\s+(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) entries.set(key.toLowerCase(), value)
  }
  return entries
}
