import { UsageError } from '../usage-error.js'
import { ANY_ADDRESS, type CfgContent, type CfgProblem } from './battleye-cfg.js'

/** The port where the config names none. */
const USUAL_PORT = 19_999
const SHORTEST_PASSWORD = 3
const MOST_CLIENTS = 16
const MOST_PORT = 65_535

type Table<Key extends string> = { readonly [K in Key]?: unknown }

type RconKey = 'address' | 'port' | 'password' | 'permission' | 'whitelist' | 'maxClients'

/**
 * Reads the `rcon` of a Reforger server's `config.json`.
 *
 * @throws {@link UsageError} for a file that is not JSON; it never shows the content.
 */
export function readReforgerConfig(text: string, path: string): CfgContent {
  const rcon = tableOf<RconKey>(tableOf<'rcon'>(parse(text, path))?.rcon)
  const game = 'reforger'
  if (rcon === undefined) {
    const missing =
      'it has no "rcon": add "rcon": { "address": …, "port": 19999, "password": …, "permission": "admin" }'
    return {
      port: undefined,
      password: undefined,
      ip: undefined,
      game,
      problems: [{ kind: 'bad', about: 'port', text: missing }],
    }
  }
  const problems: CfgProblem[] = []
  const port = portOf(rcon.port, problems)
  const password = passwordOf(rcon.password, problems)
  checkRights(rcon, problems)
  return { port, password, ip: addressOf(rcon.address, problems), game, problems }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    // Not the parser's own words: they quote the file, which has a password in it.
    const place = placeOf(text, error instanceof Error ? error.message : '')
    throw new UsageError(
      `${path} is not JSON${place}; usually a comma is one too many, or a quote is missing`,
    )
  }
}

/** The place, where the runtime says it. */
function placeOf(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position === undefined) return ''
  const before = text.slice(0, Number(position)).split('\n')
  return `: line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

function tableOf<Key extends string>(value: unknown): Table<Key> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

function portOf(value: unknown, problems: CfgProblem[]): number | undefined {
  if (value === undefined) {
    problems.push({
      kind: 'hint',
      about: 'port',
      text: `rcon.port is not in it: the game takes ${USUAL_PORT}`,
    })
    return USUAL_PORT
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_PORT) return value
  problems.push({ kind: 'bad', about: 'port', text: 'rcon.port is no port: write a number from 1 to 65535' })
  return undefined
}

function passwordOf(value: unknown, problems: CfgProblem[]): string | undefined {
  const fix = `write at least ${SHORTEST_PASSWORD} characters without blanks`
  if (typeof value === 'string' && value.length >= SHORTEST_PASSWORD && !/\s/.test(value)) return value
  const what =
    value === undefined || value === ''
      ? 'rcon.password is not in it'
      : 'the game does not take rcon.password'
  problems.push({ kind: 'bad', about: 'password', text: `${what}: ${fix}` })
  return undefined
}

function addressOf(value: unknown, problems: CfgProblem[]): string | undefined {
  if (typeof value === 'string' && value !== '') return ANY_ADDRESS.includes(value) ? undefined : value
  problems.push({
    kind: 'bad',
    about: 'address',
    text: 'rcon.address is not in it: write the address of the server, or "0.0.0.0" for all that it has',
  })
  return undefined
}

function checkRights(rcon: Table<RconKey>, problems: CfgProblem[]): void {
  const { permission, whitelist, maxClients } = rcon
  const add = (kind: CfgProblem['kind'], text: string) => problems.push({ kind, about: 'rights', text })
  if (permission === 'monitor')
    add('note', 'rcon.permission is "monitor": kicks and bans are refused; "admin" allows them')
  else if (permission !== undefined && permission !== 'admin')
    add('bad', 'rcon.permission must be "admin" or "monitor"')
  if (Array.isArray(whitelist) && whitelist.length > 0 && !whitelist.includes('#players'))
    add('bad', 'rcon.whitelist leaves out "#players": the list of players is refused; add it')
  const isCount = (count: unknown) =>
    typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_CLIENTS
  if (maxClients !== undefined && !isCount(maxClients))
    add('bad', `rcon.maxClients must be a number from 1 to ${MOST_CLIENTS}`)
}
