// @ts-nocheck
import { basename, dirname } from 'node:path'
import type { CfgSubject } from '../settings/battleye-cfg.js'
import { is64Bit, isActive } from '../settings/cfg-search.js'
import { findServerCfg, readServerCfg, type ServerCfg } from '../settings/server-cfg.js'
import { type ConnectionFlags, namedCfg, readProfile, type Sources } from '../settings/sources.js'
import { messageOf } from '../usage-error.js'
import type { Checklist } from './checklist.js'

/** The sources of the settings, and whether the server's own file was named by the user or only found. */
export interface CheckedSources extends Sources {
  readonly cfgIs: 'named' | 'found'
}

/** Reads every source of settings; an unreadable one is reported and does not stop the others. */
export async function checkSources(flags: ConnectionFlags, list: Checklist): Promise<CheckedSources> {
  const { profile, configPath } = await checkProfile(flags, list)
  const path = namedCfg(flags, profile)
  const serverCfg = checkCfg(path, list)
  return { flags, profile, configPath, serverCfg, cfgIs: path === undefined ? 'found' : 'named' }
}

async function checkProfile(
  flags: ConnectionFlags,
  list: Checklist,
): Promise<Pick<Sources, 'profile' | 'configPath'>> {
  try {
    const chosen = await readProfile(flags)
    if (Object.keys(chosen.profile).length > 0) list.good(`the profile in ${chosen.configPath} is readable`)
    else list.good('no profile is used; "bercon profiles" lists the profiles')
    return chosen
  } catch (error) {
    list.bad(messageOf(error))
    return { profile: {}, configPath: '' }
  }
}

function checkCfg(path: string | undefined, list: Checklist): ServerCfg | undefined {
  try {
    const cfg = path === undefined ? findServerCfg('.') : readServerCfg(path)
    if (cfg === undefined)
      list.remark('no BEServer_x64.cfg is here: pass --server-cfg FOLDER to check it, too')
    else {
      list.good(path === undefined ? `${cfg.path} was found` : `${cfg.path} is readable`)
      tellOthers(cfg, list)
      tellContent(cfg, list)
    }
    return cfg
  } catch (error) {
    list.bad(messageOf(error))
    return undefined
  }
}

/** Which of several files the server uses, where another was read or edited. */
function tellOthers({ path, others }: ServerCfg, list: Checklist): void {
  const active = others.find(isActive)
  if (!isActive(path) && active !== undefined)
    list.remark(
      `${active} is the one that BattlEye uses, by its name; ${basename(path)} is applied when the server starts`,
    )
  for (const other of others) {
    if (isActive(path) && isSeedOf(path, other))
      list.remark(
        `${other} is beside it: changes there have no effect on the running server; restart it, or change ${basename(path)}`,
      )
    else if (other !== active || isActive(path)) list.remark(`${other} exists too, and was not read`)
  }
}

/** Whether it is what the server takes over at its next start, in place of the file that it uses. */
function isSeedOf(active: string, other: string): boolean {
  return !isActive(other) && dirname(other) === dirname(active) && is64Bit(other) === is64Bit(active)
}

const FINE: Readonly<Record<CfgSubject, (cfg: ServerCfg) => string>> = {
  password: () => 'it has a password',
  port: ({ port }) => `its port is ${port}`,
  address: ({ ip }) => `RCON listens at ${ip ?? 'every address of the server'}`,
  rights: () => 'it allows every command',
}

function tellContent(cfg: ServerCfg, list: Checklist): void {
  for (const subject of Object.keys(FINE) as CfgSubject[]) {
    const problems = cfg.problems.filter(({ about }) => about === subject)
    if (problems.every(({ kind }) => kind === 'hint')) list.good(FINE[subject](cfg))
    for (const { kind, text } of problems) (kind === 'bad' ? list.bad : list.remark)(text)
  }
}
