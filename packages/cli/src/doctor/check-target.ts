import { EXIT } from '../exit-codes.js'
import { confirm } from '../output/confirmation.js'
import { findPassword } from '../settings/password.js'
import { chosenHost, resolveAddress, resolveTimes, type Settings } from '../settings/settings.js'
import { messageOf } from '../usage-error.js'
import type { CheckedSources } from './check-sources.js'
import type { Checklist } from './checklist.js'

/** Where to log in, and with what. */
export type CheckedTarget = Pick<Settings, 'host' | 'port' | 'password' | 'timeoutMs' | 'loginTimeoutMs'>

/** What a login needs; nothing where something of it is missing or may not be sent there. */
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
    list.good('there is a password to log in with')
    if (sources.serverCfg?.password !== undefined && sources.serverCfg.password !== password)
      list.remark(`the password is another than that in ${sources.serverCfg.path}`)
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
 * Whether a password may go there: a file that merely lies in the folder where somebody happens to be decides nothing about
 * that.
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
