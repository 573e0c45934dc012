import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { tokenHash } from '../users/token.js'
import { exampleFile } from './example.js'
import { readGatewayFile } from './gateway-file.js'

const HASH = tokenHash('a')
const EXAMPLE = exampleFile(HASH)

/** Reads a file of that text, beside a password of altis. */
function read(text: string, { password = 'hunter2\n', mode = 0o600 } = {}) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'altis.password'), password)
  chmodSync(join(folder, 'altis.password'), mode)
  writeFileSync(join(folder, 'gateway.toml'), text)
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
      expect(() => read(text)).toThrow(/gateway\.toml has no server; add \[servers\.NAME\], or \[fleet\]$/)
  })

  it('that everybody can read the password, or that there is none', () => {
    expect(() => read(EXAMPLE, { mode: 0o644 })).toThrow(
      /every user of this machine can read .*; run chmod 600/,
    )
    expect(() => read(EXAMPLE, { password: '\n' })).toThrow(/altis\.password is empty/)
    expect(read(EXAMPLE, { mode: 0o640 }).servers.size).toBe(1)
  })

  it('that there is no file', () => {
    expect(() => readGatewayFile(join(temporaryFolder(), 'gateway.toml'))).toThrow(
      /"bercon-gateway init" writes an example/,
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
