import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { codeOf, InvalidArgumentError, type Target } from '@bercon/client'
import { unshownArgument } from '@bercon/core/kit'
import { parse, TomlError } from 'smol-toml'
import { type AuditGiven, MIN_FILE_BYTES } from '../audit/audit-options.js'
import { type HttpOptions, httpSettings, isLoopback } from '../fronts/http/http-options.js'
import { checkPage } from '../fronts/http/static-files.js'
import type { RoleOptions } from '../roles/role-options.js'
import { GAMES, type ServerGame } from '../servers/game.js'
import { checkServerName } from '../servers/server-list.js'
import { Access, type UserOptions } from '../users/access.js'
import { readPublic, readSecret } from './secret-file.js'
import { type HostPort, Section } from './section.js'

/** A server of the file. */
export interface ServerEntry {
  readonly target: Target
  readonly game: ServerGame
  /** Where users' own BattlEye tools log in to it. */
  readonly battleye: HostPort | undefined
}

/** The fleet whose servers the gateway serves, instead of its own. */
export interface FleetEntry {
  readonly nats: readonly string[]
  /** The gateway's name at NATS, and in the subjects of its commands. */
  readonly user: string
  readonly password: string | undefined
  readonly inboxPrefix: string | undefined
  readonly prefix: string | undefined
}

/** What stands in a gateway's file, checked. */
export interface GatewayFile {
  /** Without it the servers are in the file. */
  readonly fleet: FleetEntry | undefined
  readonly servers: ReadonlyMap<string, ServerEntry>
  readonly games: Readonly<Record<string, ServerGame>>
  readonly users: Readonly<Record<string, UserOptions>>
  readonly roles: Readonly<Record<string, RoleOptions>>
  /** Nothing if the file has no `[http]`. */
  readonly http: HttpOptions | undefined
  readonly audit: AuditGiven
  /** What is allowed, but should be known. */
  readonly warnings: readonly string[]
}

const MAX_PER_MINUTE = 100_000
const HOUR_MS = 3_600_000
const MAX_HOURS = 100_000

/**
 * Reads a gateway's file, and the files of passwords and keys that it names, relative to it.
 *
 * @throws {@link InvalidArgumentError} with a sentence that names the key that is wrong.
 */
export function readGatewayFile(path: string): GatewayFile {
  const root = new Section('', parseFile(path), ['servers', 'fleet', 'users', 'roles', 'http', 'audit'])
  const tables = new Map(root.tables())
  const place = (file: string) => resolve(dirname(path), file)
  const servers = new Map(
    named('servers', tables).map(([name, value]) => [name, serverEntry(name, value, place)] as const),
  )
  const fleet = tables.has('fleet') ? fleetEntry(tables.get('fleet'), place) : undefined
  if (fleet !== undefined && servers.size > 0) {
    const sentence = 'The servers come from [fleet]; remove [servers.*], or [fleet]'
    throw new InvalidArgumentError('servers', undefined, 'left out beside [fleet]', sentence)
  }
  // A file that was cut off or emptied by mistake must not end every login at a reload.
  if (fleet === undefined && servers.size === 0) {
    const sentence = `${path} has no server; add [servers.NAME], or [fleet]`
    throw new InvalidArgumentError('servers', undefined, 'one server or more', sentence)
  }
  const users = Object.fromEntries(
    named('users', tables).map(([name, value]) => [name, userOptions(name, value)]),
  )
  const roles = Object.fromEntries(
    named('roles', tables).map(([name, value]) => [name, roleOptions(name, value)]),
  )
  const http = tables.has('http') ? httpOptions(tables.get('http'), place) : undefined
  const audit = auditGiven(tables.get('audit') ?? {}, place)
  inTermsOfTheFile(() => {
    new Access({ users, roles })
    if (http !== undefined) httpSettings(http)
    if (http?.page !== undefined) checkPage(http.page)
  })
  const games = Object.fromEntries([...servers].map(([name, { game }]) => [name, game]))
  return { fleet, servers, games, users, roles, http, audit, warnings: warningsOf(servers, users) }
}

function parseFile(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const sentence =
      code === 'ENOENT'
        ? `There is no file ${path}; "bercon-gateway init" writes an example`
        : `Cannot read ${path}: ${code}`
    throw new InvalidArgumentError('file', path, 'a file that can be read', sentence)
  }
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    const sentence = `${path}, line ${error.line}: ${reason}`
    throw new InvalidArgumentError('file', path, 'TOML', sentence)
  }
}

type Place = (file: string) => string

function named(name: string, tables: ReadonlyMap<string, unknown>): readonly (readonly [string, unknown])[] {
  return new Section(name, tables.get(name) ?? {}).tables()
}

function serverEntry(name: string, value: unknown, place: Place): ServerEntry {
  checkServerName(name)
  const path = `servers.${name}`
  const section = new Section(path, value, ['host', 'port', 'password-file', 'game', 'battleye'])
  const password = readSecret(`${path}.password-file`, place(section.text('password-file')))
  return {
    target: { host: section.text('host'), port: section.port('port'), password },
    game: section.maybeOneOf('game', GAMES) ?? 'auto',
    battleye: section.maybeAddress('battleye'),
  }
}

function fleetEntry(value: unknown, place: Place): FleetEntry {
  const section = new Section('fleet', value, ['nats', 'user', 'password-file', 'inbox-prefix', 'prefix'])
  const file = section.maybeText('password-file')
  return {
    nats: section
      .text('nats')
      .split(',')
      .map((server) => server.trim()),
    user: section.maybeText('user') ?? 'gateway',
    password: file === undefined ? undefined : readSecret('fleet.password-file', place(file)),
    inboxPrefix: section.maybeText('inbox-prefix'),
    prefix: section.maybeText('prefix'),
  }
}

function userOptions(name: string, value: unknown): UserOptions {
  const section = new Section(`users.${name}`, value, ['token-sha256', 'role'])
  return { tokenSha256: section.text('token-sha256'), role: section.text('role') }
}

function roleOptions(name: string, value: unknown): RoleOptions {
  const keys = ['servers', 'commands', 'events', 'per-minute', 'say-prefix', 'audit']
  const section = new Section(`roles.${name}`, value, keys)
  return {
    servers: section.texts('servers'),
    commands: section.texts('commands'),
    events: section.maybeTexts('events'),
    perMinute: section.maybeCount('per-minute', MAX_PER_MINUTE),
    sayPrefix: section.maybeText('say-prefix'),
    audit: section.maybeFlag('audit'),
  }
}

function httpOptions(value: unknown, place: Place): HttpOptions {
  const keys = ['listen', 'tls-cert', 'tls-key', 'behind-proxy', 'allowed-origins', 'open-metrics', 'page']
  const section = new Section('http', value, keys)
  const [cert, key] = [section.maybeText('tls-cert'), section.maybeText('tls-key')]
  if ((cert === undefined) !== (key === undefined)) section.text(cert === undefined ? 'tls-cert' : 'tls-key')
  const options = {
    ...section.maybeAddress('listen'),
    ...(cert !== undefined &&
      key !== undefined && {
        tls: tlsPair(place(cert), readSecret('http.tls-key', place(key))),
      }),
  }
  const [behindProxy, allowedOrigins, openMetrics] = [
    section.maybeFlag('behind-proxy'),
    section.maybeTexts('allowed-origins'),
    section.maybeFlag('open-metrics'),
  ]
  const folder = section.maybeText('page')
  const page = folder === undefined ? undefined : place(folder)
  return Object.assign(options, withoutUndefined({ behindProxy, allowedOrigins, openMetrics, page }))
}

/** A pair that TLS takes. @throws {@link InvalidArgumentError} */
function tlsPair(path: string, key: string): { readonly cert: Buffer; readonly key: string } {
  const cert = readPublic('http.tls-cert', path)
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const sentence = `http.tls-cert and http.tls-key are no certificate and its key, in PEM: ${(error as Error).message}`
    throw unshownArgument('http.tls-cert', path, 'a certificate in PEM', sentence)
  }
  return { cert, key }
}

function auditGiven(value: unknown, place: Place): AuditGiven {
  const section = new Section('audit', value, [
    'directory',
    'fsync',
    'max-bytes',
    'max-age-hours',
    'keep-files',
  ])
  const hours = section.maybeCount('max-age-hours', MAX_HOURS)
  return {
    directory: place(section.maybeText('directory') ?? 'audit'),
    ...withoutUndefined({
      fsync: section.maybeOneOf('fsync', ['always', 'second', 'never'] as const),
      maxBytes: section.maybeCount('max-bytes', Number.MAX_SAFE_INTEGER, MIN_FILE_BYTES),
      maxAgeMs: hours === undefined ? undefined : hours * HOUR_MS,
      keepFiles: section.maybeCount('keep-files', MAX_HOURS),
    }),
  }
}

function withoutUndefined<Options extends object>(
  options: Options,
): {
  [Name in keyof Options]?: Exclude<Options[Name], undefined>
} {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as { [Name in keyof Options]?: Exclude<Options[Name], undefined> }
}

/** The library's own checks name options as programs write them; the file has dashes. */
function inTermsOfTheFile(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (codeOf(error) !== 'invalid-argument') throw error
    const { argument, value, expected, message } = error as InvalidArgumentError
    const words = [...argument.split('.'), 'behindProxy', 'tls'].filter((word) => Object.hasOwn(WORDS, word))
    const sentence = words.reduce(
      (text, word) => text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), dashed(word)),
      message,
    )
    throw new InvalidArgumentError(argument.split('.').map(dashed).join('.'), value, expected, sentence)
  }
}

const WORDS: Readonly<Record<string, string>> = {
  tokenSha256: 'token-sha256',
  perMinute: 'per-minute',
  sayPrefix: 'say-prefix',
  behindProxy: 'behind-proxy',
  allowedOrigins: 'allowed-origins',
  openMetrics: 'open-metrics',
  host: 'listen',
  tls: 'tls-cert and tls-key',
}

function dashed(word: string): string {
  return Object.hasOwn(WORDS, word) ? (WORDS[word] as string) : word
}

function warningsOf(servers: GatewayFile['servers'], users: GatewayFile['users']): readonly string[] {
  const nobody = Object.keys(users).length === 0 ? ['there is no [users.NAME], so nobody can log in'] : []
  const reachable = [...servers].flatMap(([name, { battleye }]) =>
    battleye === undefined || isLoopback(battleye.host)
      ? []
      : [
          `servers.${name}.battleye: others can reach ${battleye.host}, and BattlEye sends tokens unencrypted; use a private network`,
        ],
  )
  return [...nobody, ...reachable]
}
