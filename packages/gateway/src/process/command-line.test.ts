import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { readGatewayFile } from '../config/gateway-file.js'
import { tokenHash } from '../users/token.js'
import { readCommandLine } from './command-line.js'

function printed(...args: string[]): string {
  const asked = readCommandLine(args)
  return asked.type === 'print' ? asked.text : expect.unreachable('it runs')
}

describe('bercon-gateway', () => {
  it('writes an example with a first user, whose token it prints and keeps nowhere', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'gateway.toml')
    const [token = ''] = /^[A-Za-z0-9]{32}$/m.exec(printed('init', path)) ?? []
    expect(readFileSync(path, 'utf8')).not.toContain(token)
    for (const file of [path, join(folder, 'altis.password')]) expect(statSync(file).mode & 0o077).toBe(0)
    expect(() => readGatewayFile(path)).toThrow(/altis\.password is empty/)
    writeFileSync(join(folder, 'altis.password'), 'hunter2')
    expect(readGatewayFile(path).users).toEqual({ admin: { tokenSha256: tokenHash(token), role: 'owner' } })
    expect(printed('check', path)).toBe(`${path} is good: 1 server, 1 user`)
  })

  it('never writes over a file, because its tokens could not be had back', () => {
    const path = join(temporaryFolder(), 'gateway.toml')
    printed('init', path)
    const before = readFileSync(path, 'utf8')
    expect(() => printed('init', path)).toThrow(/gateway\.toml exists already/)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('makes a token, and the lines for the file', () => {
    const text = printed('token', 'ann')
    const [token = ''] = /^[A-Za-z0-9]{32}$/m.exec(text) ?? []
    expect(text).toContain(`[users.ann]\ntoken-sha256 = "${tokenHash(token)}"\nrole = "moderator"`)
    expect(printed('token', 'a.b')).toContain('[users."a.b"]')
  })

  it('runs a file, and says how it is used', () => {
    expect(readCommandLine(['gateway.toml'])).toEqual({ type: 'run', path: 'gateway.toml' })
    for (const args of [[], ['--help'], ['-h']]) expect(printed(...args)).toMatch(/^bercon-gateway FILE/)
  })

  it.each([
    [['token'], /token needs the name of a user/],
    [['token', 'a b'], /token needs the name of a user/],
    [['start', 'gateway.toml'], /There is no command "start"/],
    [['check', 'a', 'b'], /too many arguments: b/],
    [['--port', '5'], /--port/],
    [['check', '/dev/null/gateway.toml'], /Cannot read .*: ENOTDIR/],
    [['init', '/dev/null/gateway.toml'], /Cannot write .*: ENOTDIR/],
  ])('refuses %j', (args, sentence) => {
    expect(() => readCommandLine(args)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(sentence) }),
    )
  })
})
