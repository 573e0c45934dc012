// @ts-nocheck
import { EXIT } from '../exit-codes.js'
import { confirm } from '../output/confirmation.js'
import { findPassword } from '../settings/password.js'
import { chosenHost, resolveAddress, resolveTimes, type Settings } from '../settings/settings.js'
import { messageOf } from '../usage-error.js'
import type { CheckedSources } from './check-sources.js'
import type { Checklist } from './checklist.js'

/** The address to log in to, and the password. */
export type CheckedTarget = Pick<Settings, 'host' | 'port' | 'password' | 'timeoutMs' | 'loginTimeoutMs'>

/** The settings of a login; `undefined` if one is missing or the password may not be sent there. */
export async function checkTarget(
  sources: CheckedSources,
  list: Checklist,
  signal: AbortSignal,
): Promise<CheckedTarget | undefined> {
  const address = attempt(() => resolveAddress(sources), list)
  const times = attempt(() => resolveTimes(sources), list)
  if (address === undefined || times === undefined) return undefined
  const { host, port } = address
  if (!(await mayLogInAt(sources, `${host}:${port}`, list, signal))) return undefined
  try {
    const password = await findPassword(sources, `${host}:${port}`)
    list.good('found a password')
    if (sources.serverCfg?.password !== undefined && sources.serverCfg.password !== password)
      list.remark(`the password differs from that in ${sources.serverCfg.path}`)
    return { ...address, ...times, password }
  } catch (error) {
    signal.throwIfAborted()
    list.bad(messageOf(error))
    return undefined
  }
}

function attempt<T>(resolve: () => T, list: Checklist): T | undefined {
  try {
    return resolve()
  } catch (error) {
    list.bad(messageOf(error))
    return undefined
  }
}

/**
 * Whether a password may be sent there: a file that merely lies in the current folder does not decide that.
 */
async function mayLogInAt(
  sources: CheckedSources,
  server: string,
  list: Checklist,
  signal: AbortSignal,
): Promise<boolean> {
  const { serverCfg, cfgIs } = sources
  if (cfgIs === 'named' || serverCfg?.ip === undefined || chosenHost(sources) !== undefined) return true
  list.remark(
    `it would log in at ${server}, which nothing but ${serverCfg.path} names, and send a password there`,
  )
  const refusal = `nothing was sent to ${server}: add --host ${serverCfg.ip} where that is your server`
  try {
    await confirm(refusal, signal)
    return true
  } catch {
    signal.throwIfAborted()
    list.bad(refusal, EXIT.usage)
    return false
  }
}
