import { readFileSync, statSync } from 'node:fs'
import { oneLine } from '../output/safe-text.js'
import { shownOn } from '../output/terminal.js'
import { note } from '../report.js'
import { UsageError } from '../usage-error.js'
import { variable } from './checks.js'
import { refuseUnread } from './server-cfg.js'
import type { Sources } from './sources.js'

/**
 * The password from the first of: file or standard input (flags), environment, profile, server cfg, a prompt. There is
 * no flag for the password itself, because every user of a machine sees the flags of every process.
 *
 * @throws {@link UsageError} without a password, if no terminal can ask for one.
 */
export async function findPassword(sources: Sources, server: string): Promise<string> {
  const { flags, profile, configPath, serverCfg } = sources
  if (flags.passwordFile !== undefined) return readPasswordFile(flags.passwordFile)
  if (flags.passwordStdin === true) return notEmpty(withoutLineEnd(await standardInput()), 'standard input')
  const fromEnvironment = variable('RCON_PASSWORD')
  if (fromEnvironment === undefined && profile.password !== undefined) warnIfReadable(configPath)
  const known =
    fromEnvironment ??
    profile.password ??
    (profile.passwordFile === undefined ? undefined : readPasswordFile(profile.passwordFile)) ??
    serverCfg?.password
  if (known !== undefined) return known
  if (process.stdin.isTTY && process.stderr.isTTY) return askPassword(server)
  refuseUnread(serverCfg, 'password')
  throw new UsageError(
    'no password: use --password-file, --password-stdin, RCON_PASSWORD, a profile or --server-cfg',
  )
}

async function askPassword(server: string): Promise<string> {
  const { default: password } = await import('@inquirer/password')
  try {
    // On stderr, so that the output of the command stays clean.
    return await password(
      { message: shownOn(process.stderr, oneLine(`RCON password of ${server}:`)) },
      { output: process.stderr },
    )
  } catch (error) {
    // While it reads keys, Ctrl-C is one of them.
    if (error instanceof Error && error.name === 'ExitPromptError') process.emit('SIGINT')
    throw error
  }
}

/**
 * The password in a file, without its line end; warns if all users of the machine can read it.
 *
 * @throws {@link UsageError} naming the file, never its content.
 */
export function readPasswordFile(path: string): string {
  const password = notEmpty(withoutLineEnd(readText(path)), `the password file ${path}`)
  warnIfReadable(path)
  return password
}

async function standardInput(): Promise<string> {
  const { text } = await import('node:stream/consumers')
  return text(process.stdin)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError(
      `cannot read the password file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function notEmpty(password: string, place: string): string {
  if (password === '') throw new UsageError(`${place} is empty: write the password into it`)
  return password
}

const READABLE_BY_OTHERS = 0o004

/** Warns of a password file that all users of the machine can read. */
function warnIfReadable(path: string): void {
  // Windows has no such bits; a pipe has no others.
  const stats = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() === true && (stats.mode & READABLE_BY_OTHERS) !== 0)
    note(`all users of this machine can read the password in ${path}; "chmod 600" restricts it to you`)
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
