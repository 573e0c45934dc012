import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { tokenHash } from '../users/token.js'
import { exampleFile } from './example.js'
import { readGatewayFile } from './gateway-file.js'

const HASH = tokenHash('a')
const EXAMPLE = exampleFile(HASH)
const SERVER = '[servers.altis]\nhost = "127.0.0.1"\nport = 2306\npassword-file = "altis.password"'

/** Reads a file of that text, beside a password of altis. */
function read(text: string, { password = 'hunter2\n', mode = 0o600 } = {}) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'altis.password'), password)
  chmodSync(join(folder, 'altis.password'), mode)
  writeFileSync(join(folder, 'gateway.toml'), text)
  mkdirSync(join(folder, 'page'))
  writeFileSync(join(folder, 'page/index.html'), '')
  return readGatewayFile(join(folder, 'gateway.toml'))
}

describe('the example of init', () => {
  it('is a good file', () => {
    const { servers, users, roles, http, audit, games, warnings } = read(EXAMPLE)
    expect(servers.get('altis')).toEqual({
      target: { host: '127.0.0.1', port: 2306, password: 'hunter2' },
      game: 'arma3',
      battleye: { host: '127.0.0.1', port: 2406 },
    })
    expect(games).toEqual({ altis: 'arma3' })
    expect(users).toEqual({ admin: { tokenSha256: HASH, role: 'owner' } })
    expect(roles).toMatchObject({ moderator: { perMinute: 60, sayPrefix: '[{user}] ' } })
    expect(http).toEqual({ host: '127.0.0.1', port: 8306 })
    expect(audit.directory).toMatch(/\/audit$/)
    expect(warnings).toEqual([])
    const { warnings: ofNoUsers } = read(EXAMPLE.replace(/\[users[^[]*/, ''))
    expect(ofNoUsers).toEqual(['there is no [users.NAME], so nobody can log in'])
  })

  it('has all keys that there are, or the README has them', () => {
    const keys = [...EXAMPLE.matchAll(/^#? ?([a-z0-9-]+) = /gm)].map(([, key]) => key)
    expect(keys).toEqual(
      expect.arrayContaining(['token-sha256', 'per-minute', 'say-prefix', 'fsync', 'battleye']),
    )
  })
})

describe('a file', () => {
  it('may set everything about HTTP, the audit and roles', () => {
    const { http, audit, roles } = read(`
      ${SERVER}
      [roles.all]
      servers = ["altis"]
      commands = ["players"]
      events = ["player*"]
      per-minute = 5
      say-prefix = "x"
      audit = true
      [http]
      listen = "[::1]:8307"
      behind-proxy = true
      allowed-origins = ["https://panel.example"]
      open-metrics = true
      page = "page"
      [audit]
      directory = "written"
      fsync = "never"
      max-bytes = 5000
      max-age-hours = 2
      keep-files = 3
    `)
    expect(http).toEqual({
      host: '::1',
      port: 8_307,
      behindProxy: true,
      allowedOrigins: ['https://panel.example'],
      openMetrics: true,
      page: expect.stringMatching(/^\/.*\/page$/),
    })
    expect(audit).toEqual({
      directory: expect.stringMatching(/^\/.*\/written$/),
      fsync: 'never',
      maxBytes: 5_000,
      maxAgeMs: 7_200_000,
      keepFiles: 3,
    })
    expect(roles).toEqual({
      all: {
        servers: ['altis'],
        commands: ['players'],
        events: ['player*'],
        perMinute: 5,
        sayPrefix: 'x',
        audit: true,
      },
    })
  })

  it('leaves to the defaults what it does not set, and may begin with a byte order mark', () => {
    const { http, audit, games, servers, fleet, users, roles } = read(`\uFEFF${SERVER}`)
    expect([http, fleet, users, roles]).toEqual([undefined, undefined, {}, {}])
    expect(audit).toStrictEqual({ directory: expect.stringMatching(/^\/.*\/audit$/) })
    const prefix = '[roles.all]\nservers = []\ncommands = []\nsay-prefix = "\uFEFFx"'
    expect(read(`${SERVER}\n${prefix}`).roles['all']?.sayPrefix).toBe('\uFEFFx')
    expect([games, servers.get('altis')?.battleye]).toEqual([{ altis: 'auto' }, undefined])
  })

  it('may name a fleet in place of servers, and never both', () => {
    const all = read(`
      [fleet]
      nats = "nats://one:4222, nats://two:4222"
      user = "ann"
      password-file = "altis.password"
      inbox-prefix = "inbox"
      prefix = "bercon"
    `)
    expect(all.fleet).toEqual({
      nats: ['nats://one:4222', 'nats://two:4222'],
      user: 'ann',
      password: 'hunter2',
      inboxPrefix: 'inbox',
      prefix: 'bercon',
    })
    expect(all.servers.size).toBe(0)
    expect(read('[fleet]\nnats = "one"').fleet).toEqual({
      nats: ['one'],
      user: 'gateway',
      password: undefined,
      inboxPrefix: undefined,
      prefix: undefined,
    })
    expect(() => read('[fleet]\nnats = "one"\npassword-file = "none"')).toThrow(/^fleet\.password-file: /)
    expect(() => read('[fleet]\nnats = ""')).toThrow(/^fleet\.nats must be/)
    expect(() => read('[fleet]\nnast = "one"')).toThrow(/^There is no fleet\.nast; did you mean "nats"/)
    expect(() => read(`${SERVER}\n[fleet]\nnats = "one"`)).toThrow(
      expect.objectContaining({
        argument: 'servers',
        expected: 'left out beside [fleet]',
        message: 'The servers come from [fleet]; remove [servers.*], or [fleet]',
      }),
    )
  })
})

describe('a mistake is named by its key, in one sentence', () => {
  it.each([
    [
      'port = 2306',
      'port = "2306"',
      'servers.altis.port must be a whole number from 1 to 65535, but is a string',
    ],
    ['port = 2306', 'prot = 2306', 'There is no servers.altis.prot; did you mean "port"?'],
    [
      'game = "arma3"',
      'game = "arma4"',
      'servers.altis.game must be one of "arma3", "dayz", "reforger", "auto", but is a string',
    ],
    [
      '"127.0.0.1:2406"',
      '"2406"',
      'servers.altis.battleye must be an address with a port, such as "127.0.0.1:2406", but is a string',
    ],
    ['"altis.password"', '"none.password"', /^servers\.altis\.password-file: there is no .*none\.password$/],
    [
      '[servers.altis]',
      '[servers."a/b"]',
      'servers must be named with 1 to 64 letters, digits, dots, dashes and underscores, but is "a/b"',
    ],
    [
      'role = "owner"',
      'role = "admin"',
      'users.admin.role must be one of the roles: owner, moderator, but is "admin"',
    ],
    [
      HASH,
      'my-token',
      'users.admin.token-sha256 must be a SHA-256 of 64 hexadecimal digits in lower case, but is a string',
    ],
    [
      'per-minute = 60',
      'per-minute = 0',
      'roles.moderator.per-minute must be a whole number from 1 to 100000, but is a number',
    ],
    [
      'events = ["*"]',
      'events = "*"',
      'roles.moderator.events must be a list of texts, such as ["players", "say"], but is a string',
    ],
    [
      '"say", "kick"',
      '"RConPassword"',
      'roles.moderator.commands has "RConPassword", which no role can have: it would change or end the login that all users share',
    ],
    [
      '"127.0.0.1:8306"',
      '"0.0.0.0:8306"',
      'http.listen is 0.0.0.0, which others can reach, and tokens would travel unencrypted; set tls-cert and tls-key, or behind-proxy if a proxy speaks TLS in front',
    ],
    ['listen = "127', 'tls-cert = "x"\nlisten = "127', 'http.tls-key is missing'],
    ['listen = "127', 'tls-key = "x"\nlisten = "127', 'http.tls-cert is missing'],
    [
      'listen = "127',
      'tls-cert = "gateway.toml"\ntls-key = "y"\nlisten = "127',
      /^http\.tls-key: there is no .*\/y$/,
    ],
    ['role = "owner"', 'rule = "owner"', 'There is no users.admin.rule; did you mean "role"?'],
    ['[audit]', '[[audit]]', 'audit must be a table, [audit]'],
    [
      'listen = "127',
      'tls-cert = "x"\ntls-key = "altis.password"\nlisten = "127',
      /^http\.tls-cert: there is no .*\/x$/,
    ],
    [
      'listen = "127',
      'tls-cert = "gateway.toml"\ntls-key = "altis.password"\nlisten = "127',
      /^http\.tls-cert and http\.tls-key are no certificate and its key, in PEM: /,
    ],
    [
      'directory = "audit"',
      'file = "x"',
      'There is no audit.file; there are directory, fsync, max-bytes, max-age-hours, keep-files',
    ],
    [
      'listen = "127',
      'allowed-origins = ["panel"]\nlisten = "127',
      'http.allowed-origins must be a list of origins, such as https://panel.example, but is an object',
    ],
    [
      '# fsync = "always"',
      'max-bytes = 999',
      'audit.max-bytes must be a whole number from 1000 to 9007199254740991, but is a number',
    ],
    [
      'listen = "127',
      'page = "nowhere"\nlisten = "127',
      /^http\.page must be a folder with an index\.html, but is ".*\/nowhere"$/,
    ],
    ['[audit]', '[audits]', 'There is no audits; did you mean "audit"?'],
    [
      '# fsync = "always"',
      'fsync = "often"',
      'audit.fsync must be one of "always", "second", "never", but is a string',
    ],
    ['[servers.altis]', '[servers.altis', /^.*gateway\.toml, line \d+: /],
  ])('%s → %s', (good, bad, sentence) => {
    expect(EXAMPLE).toContain(good)
    expect(() => read(EXAMPLE.replace(good, () => bad))).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      }),
    )
  })

  it('that there is no server, so that a file which was emptied changes nothing', () => {
    for (const text of ['', EXAMPLE.slice(EXAMPLE.indexOf('[users.'))])
      expect(() => read(text)).toThrow(
        expect.objectContaining({
          argument: 'servers',
          expected: 'one server or more',
          message: expect.stringMatching(/gateway\.toml has no server; add \[servers\.NAME\], or \[fleet\]$/),
        }),
      )
  })

  it.each([
    ['http.listen', '[http]\nlisten = "0.0.0.0:1"'],
    ['http.tls-cert', '[http]\ntls-cert = "gateway.toml"\ntls-key = "altis.password"'],
    ['users.ann.token-sha256', '[users.ann]\ntoken-sha256 = "x"\nrole = "all"'],
    ['roles.(.commands', '[roles."("]\nservers = []\ncommands = ["RConPassword"]'],
  ])('with its path for programs, %s', (argument, text) => {
    expect(() => read(`${SERVER}\n${text}`)).toThrow(expect.objectContaining({ argument }))
  })

  it('of a certificate, that it is none', () => {
    expect(() => read(`${SERVER}\n[http]\ntls-cert = "gateway.toml"\ntls-key = "altis.password"`)).toThrow(
      expect.objectContaining({ expected: 'a certificate in PEM' }),
    )
  })

  it('that everybody can read the password, or that there is none', () => {
    expect(() => read(EXAMPLE, { mode: 0o644 })).toThrow(
      /every user of this machine can read .*; run chmod 600/,
    )
    expect(() => read(EXAMPLE, { password: '\n' })).toThrow(/altis\.password is empty/)
    expect(read(EXAMPLE, { mode: 0o640 }).servers.size).toBe(1)
  })

  it('that there is no file', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'gateway.toml')
    const facts = { argument: 'file', expected: 'a file that can be read' }
    expect(() => readGatewayFile(path)).toThrow(
      expect.objectContaining({
        ...facts,
        message: `There is no file ${path}; "bercon-gateway init" writes an example`,
      }),
    )
    expect(() => readGatewayFile(folder)).toThrow(
      expect.objectContaining({ ...facts, message: `Cannot read ${folder}: EISDIR` }),
    )
  })

  it('where a line is not TOML, and why', () => {
    expect(() => read(`${SERVER}\nx = `)).toThrow(
      expect.objectContaining({
        argument: 'file',
        expected: 'TOML',
        message: expect.stringMatching(/gateway\.toml, line 5: [a-z][^\n]+$/),
      }),
    )
  })
})

it('warns of BattlEye where others reach it, because it is not encrypted', () => {
  const { warnings } = read(EXAMPLE.replace('127.0.0.1:2406', '0.0.0.0:2406'))
  expect(warnings).toEqual([
    'servers.altis.battleye: others can reach 0.0.0.0, and BattlEye sends tokens unencrypted; use a private network',
  ])
})

it('takes addresses of IPv6 in brackets', () => {
  const { servers } = read(EXAMPLE.replace('127.0.0.1:2406', '[::1]:2406'))
  expect(servers.get('altis')?.battleye).toEqual({ host: '::1', port: 2406 })
})
