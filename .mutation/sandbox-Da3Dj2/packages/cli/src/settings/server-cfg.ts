// @ts-nocheck
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../usage-error.js'
import { type CfgContent, type CfgSubject, readBattleyeCfg } from './battleye-cfg.js'
import { cfgsAround, cfgsIn } from './cfg-search.js'
import { readReforgerConfig } from './reforger-config.js'

/** The RCON settings of a server's own file: `BEServer_x64.cfg`, or the `config.json` of Reforger. */
export interface ServerCfg extends CfgContent {
  /** The file that was read. */
  readonly path: string
  /** The other such files around it, the likeliest to be in use first. */
  readonly others: readonly string[]
}

/**
 * Reads the file at `path`, or the one in the folder at `path` that the server most likely uses.
 *
 * @throws {@link UsageError} when there is none, or it cannot be read.
 */
export function readServerCfg(path: string): ServerCfg {
  if (!isFolder(path)) return readCfgFile(path, dirname(path))
  const [first] = cfgsIn(path)
  if (first === undefined) throw new UsageError(`there is no BEServer_x64.cfg or config.json in ${path}`)
  return readCfgFile(first, path)
}

/** The file in a folder that the server most likely uses, if there is one. */
export function findServerCfg(folder: string): ServerCfg | undefined {
  return cfgsIn(folder).length === 0 ? undefined : readServerCfg(folder)
}

/** @throws {@link UsageError} where the server's file has something about it that cannot be read. */
export function refuseUnread(cfg: ServerCfg | undefined, subject: CfgSubject): void {
  const problem = cfg?.problems.find(({ kind, about }) => kind === 'bad' && about === subject)
  if (cfg !== undefined && problem !== undefined) throw new UsageError(`${cfg.path}: ${problem.text}`)
}

function readCfgFile(path: string, folder: string): ServerCfg {
  const text = readText(path)
  const content = /\.json$/i.test(path) ? readReforgerConfig(text, path) : readBattleyeCfg(text)
  const others = cfgsAround(folder).filter((each) => resolve(each) !== resolve(path))
  return { ...content, path, others }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
