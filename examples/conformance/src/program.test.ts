import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { RconPool } from '@bercon/client'
import { runServerCases } from '@bercon/conformance'
import { createToken, Gateway, tokenHash } from '@bercon/gateway'
import { startSimulator } from '@bercon/simulator'
import { describe, expect, it } from 'vitest'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
// Each case starts a program.
const ANY_MACHINE_MS = 120_000
const BIN = at('../../../packages/conformance/dist/bin.js')

async function run(args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const [output, notes] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { output, notes, code: await ended }
}

describe('bercon-conformance', () => {
  it('tries a server over UDP and hides its password', async () => {
    await using simulator = await startSimulator({ password: 'hunter2', bots: false })
    const folder = mkdtempSync(join(tmpdir(), 'bercon-'))
    try {
      writeFileSync(join(folder, 'password'), 'hunter2\n')
      const only = 'login-accepted,login-refused,keep-alive,bad-checksum,source-address'
      const args = [
        'server',
        '127.0.0.1',
        String(simulator.port),
        '--password-file',
        join(folder, 'password'),
      ]
      const { output, notes, code } = await run([...args, '--json', '--only', only])
      const results = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(results.map(({ id, verdict }) => `${id} ${verdict}`).sort()).toEqual(
        only
          .split(',')
          .map((id) => `${id} right`)
          .sort(),
      )
      expect(code).toBe(0)
      expect(notes).toContain('Nothing changes the server')
      expect(output).not.toMatch(/hunter2|68 75 6e 74 65 72 32/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('ends without a word when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, [BIN, 'list'], { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    child.stdout.destroy()
    const [notes, code] = await Promise.all([text(child.stderr), ended])
    expect([notes, code]).toEqual(['', 141])
  })

  it('finds nothing wrong in a gateway, which is a server to its users', async () => {
    await using simulator = await startSimulator({ password: 'hunter2', bots: false })
    await using pool = new RconPool()
    await pool.add('altis', { host: simulator.address, port: simulator.port, password: 'hunter2' })
    const token = createToken()
    await using gateway = new Gateway({
      servers: pool,
      games: { altis: 'arma3' },
      users: { ann: { tokenSha256: tokenHash(token), role: 'owner' } },
      roles: { owner: { servers: ['*'], commands: ['*'] } },
      audit: { append: () => {}, close: () => {} },
    })
    const { battleye } = await gateway.listen({ battleye: { altis: {} } })
    const endpoint = { address: '127.0.0.1', port: battleye['altis']?.port ?? 0 }
    const only = ['login-accepted', 'login-refused', 'keep-alive', 'bad-checksum', 'unknown-command']
    const results = await runServerCases({ endpoint, password: token }, { only })
    expect(results.map(({ id, verdict }) => `${id} ${verdict}`).sort()).toEqual(
      only.map((id) => `${id} right`).sort(),
    )
  })

  it.each([
    ['promise', []],
    ['observable', []],
    ['blocking', ['--one-at-a-time']],
    // The login of a gateway, as a user over WebSocket sees it.
    ['through-gateway', ['--at-once', '1']],
  ])(
    'tries the client of %s.ts over UDP',
    async (adapter, flags) => {
      const only = 'login-first,reply-text,parts-out-of-order,acknowledges,early-message'
      const command = ['--', process.execPath, at(`../dist/${adapter}.js`)]
      const { output, code } = await run(['client', ...flags, '--only', only, ...command])
      expect(output).toContain('must: 4 right, 0 wrong, 0 not seen')
      expect(output).toContain('should: 1 right, 0 wrong, 0 not seen')
      expect(code).toBe(0)
    },
    ANY_MACHINE_MS,
  )

  it('says what a client did wrong, with the datagrams', async () => {
    const { output, code } = await run(['client', '--only', 'login-first', '--', process.execPath, '-e', ''])
    expect(output).toContain('WRONG  must      P4         login-first')
    expect(output).toContain('did:   ended by itself (code 0)')
    expect(code).toBe(1)
  })

  it.each([
    [['server', '192.0.2.1', '2306', '--password-file', BIN], 'is not this machine'],
    [['server', '127.0.0.1', '0'], 'a port from 1 to 65535'],
    [['server', '127.0.0.1', '2306'], '--password-file is missing'],
    [['client'], 'follows "--"'],
    [['client', '--only', 'nothing', '--', 'true'], 'there is no case "nothing"'],
    [['everything'], 'say "server", "client" or "list"'],
    [['client', '--loud'], '--loud'],
  ])('refuses %j', async (args, said) => {
    const { output, notes, code } = await run(args)
    expect(notes).toContain(said)
    expect(output).toBe('')
    expect(code).toBe(2)
  })

  it('lists every case', async () => {
    const { output } = await run(['list'])
    expect(output.trim().split('\n').length).toBeGreaterThan(90)
  })
})
