import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { InvalidArgumentError } from '@bercon/client'
import { exampleFile } from '../config/example.js'
import { readGatewayFile } from '../config/gateway-file.js'
import { createToken, tokenHash } from '../users/token.js'

/** What is asked for on the command line. */
export type Asked =
  | { readonly type: 'run'; readonly path: string }
  /** Something to print; then it is done. */
  | { readonly type: 'print'; readonly text: string }

const USAGE = `bercon-gateway FILE          runs the gateway that FILE describes
bercon-gateway check FILE    reads FILE and says what is wrong in it
bercon-gateway init [FILE]   writes an example (gateway.toml) with a first user, and prints their token
bercon-gateway token NAME    makes a token for a user, and prints the lines for the file`

const FILE = 'gateway.toml'
const FILE_MODE = 0o600
const USER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/

/** Reads the command line. @throws {@link InvalidArgumentError} with a sentence for the user. */
export function readCommandLine(args: readonly string[]): Asked {
  const { values, positionals } = parse(args)
  const [first, second, ...others] = positionals
  if (values.help || first === undefined) return { type: 'print', text: USAGE }
  if (others.length > 0) throw usageError(`There are too many arguments: ${others.join(' ')}`)
  switch (first) {
    case 'init':
      return { type: 'print', text: init(second ?? FILE) }
    case 'token':
      return { type: 'print', text: token(second) }
    case 'check':
      return { type: 'print', text: check(second ?? FILE) }
    default:
      if (second !== undefined) throw usageError(`There is no command "${first}"`)
      return { type: 'run', path: first }
  }
}

function parse(args: readonly string[]): {
  readonly values: { readonly help: boolean }
  readonly positionals: readonly string[]
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    })
  } catch (error) {
    // Node's next sentence is about something else.
    throw usageError((error as Error).message.split('. ')[0] ?? '')
  }
}

function usageError(sentence: string): InvalidArgumentError {
  return new InvalidArgumentError('arguments', undefined, 'as the usage says', `${sentence}\n${USAGE}`)
}

function init(path: string): string {
  const token = createToken()
  const password = join(dirname(path), 'altis.password')
  writeNew(path, exampleFile(tokenHash(token)))
  if (!existsSync(password)) writeNew(password, '')
  return `Wrote ${path}, and ${password} for the server's RConPassword.
The token of the user admin, which is kept nowhere else:

${token}

Next: write host, port and RConPassword of your server into these files, then run
  bercon-gateway ${path}

Then try it from another terminal, with the token in place of TOKEN:
  RCON_PASSWORD=TOKEN npx @bercon/cli players --port 2406
  curl -H 'Authorization: Bearer TOKEN' http://127.0.0.1:8306/api/servers`
}

/** Never over another: its tokens could not be had back. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: FILE_MODE })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const sentence = code === 'EEXIST' ? `${path} exists already` : `Cannot write ${path}: ${code}`
    throw new InvalidArgumentError('file', path, 'the path of a new file', sentence)
  }
}

function token(name: string | undefined): string {
  if (name === undefined || !USER.test(name))
    throw usageError(
      'token needs the name of a user, of 1 to 32 letters, digits, dots, dashes and underscores',
    )
  const made = createToken()
  return `The token of ${name}, for them alone; it is kept nowhere else:

${made}

The lines for the file:

[users.${/^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name)}]
token-sha256 = "${tokenHash(made)}"
role = "moderator"`
}

function check(path: string): string {
  const { servers, users, warnings } = readGatewayFile(path)
  const lines = warnings.map((warning) => `warning: ${warning}`)
  const counts = `${counted(servers.size, 'server')}, ${counted(Object.keys(users).length, 'user')}`
  return [...lines, `${path} is good: ${counts}`].join('\n')
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
