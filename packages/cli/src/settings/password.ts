import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { oneLine } from '../output/safe-text.js'
import { shownOn } from '../output/terminal.js'
import { UsageError } from '../usage-error.js'
import { variable } from './environment.js'
import type { Sources } from './settings.js'

/**
 * The password from the first of: file or standard input (flags), environment, profile, server cfg, a prompt. There is
 * no flag for the password itself, because every user of a machine sees the flags of every process.
 *
 * @throws {@link UsageError} when there is none, and nobody to be asked.
 */
export async function findPassword(sources: Sources, server: string): Promise<string> {
  const { flags, profile, serverCfg } = sources
  if (flags.passwordFile !== undefined) return readPasswordFile(flags.passwordFile)
  if (flags.passwordStdin === true) return withoutLineEnd(await text(process.stdin))
  const known =
    variable('RCON_PASSWORD') ??
    profile.password ??
    (profile.passwordFile === undefined ? undefined : readPasswordFile(profile.passwordFile)) ??
    serverCfg?.password
  if (known !== undefined) return known
  if (process.stdin.isTTY && process.stderr.isTTY) return askPassword(server)
  throw new UsageError(
    'no password: give --password-file, --password-stdin, RCON_PASSWORD, a profile or --server-cfg',
  )
}

async function askPassword(server: string): Promise<string> {
  const { default: password } = await import('@inquirer/password')
  try {
    // On stderr, so that what the command puts out stays clean.
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

/** @throws {@link UsageError} naming the file, never what is in it. */
export function readPasswordFile(path: string): string {
  try {
    return withoutLineEnd(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(
      `cannot read the password file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
