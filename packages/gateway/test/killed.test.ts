// A gateway as a process of its own, killed in the middle: every command that reached the server has its line before it.
import { spawn } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AsyncRconClient } from '@bercon/client'
import { RconServer } from '@bercon/server'
import { expect, it, onTestFinished } from 'vitest'
import { tokenHash } from '../src/users/token.js'
import { temporaryFolder } from './temporary-folder.js'

const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

interface Line {
  readonly id: string
  readonly event: string
  readonly command?: string
  readonly outcome?: string
}

async function start() {
  const executed: string[] = []
  const game = new RconServer({
    password: 'hunter2',
    onCommand: (command) => {
      if (command.startsWith('say')) executed.push(command)
      return ''
    },
  })
  const { port } = await game.listen()
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'password'), 'hunter2')
  chmodSync(join(folder, 'password'), 0o600)
  writeFileSync(
    join(folder, 'gateway.toml'),
    `[servers.altis]
host = "127.0.0.1"
port = ${port}
password-file = "password"
game = "arma3"
battleye = "127.0.0.1:0"
[users.ann]
token-sha256 = "${tokenHash('token-ann')}"
role = "owner"
[roles.owner]
servers = ["*"]
commands = ["say"]
[audit]
max-bytes = 20000
`,
  )
  const child = spawn(process.execPath, [BIN, join(folder, 'gateway.toml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  let notes = ''
  child.stderr.on('data', (chunk) => {
    notes += chunk
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    await game.close()
  })
  const said = async (text: string) => {
    await expect.poll(() => notes).toContain(text)
    return notes
  }
  expect(await said('altis: logged in')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z altis: logged in$/m)
  const front = Number(/altis: BattlEye at 127\.0\.0\.1:(\d+)/.exec(await said('altis: BattlEye'))?.[1])
  const client = await new AsyncRconClient({ playersIntervalMs: 0 }).connect('127.0.0.1', front, 'token-ann')
  onTestFinished(() => client.close())
  const lines = (): readonly Line[] =>
    readdirSync(join(folder, 'audit'))
      .filter((name) => name.endsWith('.ndjson'))
      .sort()
      .flatMap((name) => readFileSync(join(folder, 'audit', name), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  return { child, exited, executed, client, lines, said }
}

it('loses no line of a command that was sent, when it is killed', async () => {
  const { child, exited, executed, client, lines } = await start()
  const results: Promise<unknown>[] = []
  let number = 0
  while (executed.length < 300) {
    results.push(
      client.sendCommand(`say -1 ${++number}`, { timeoutMs: 2_000 }).then(
        () => number,
        () => {},
      ),
    )
    await new Promise(setImmediate)
  }
  child.kill('SIGKILL')
  expect(await exited).toBe('SIGKILL')
  await client.close()
  await Promise.all(results)
  const written = new Set(lines().flatMap(({ event, command }) => (event === 'command' ? [command] : [])))
  expect(executed.filter((command) => !written.has(command))).toEqual([])
  const answered = new Set(lines().flatMap(({ id, outcome }) => (outcome === 'answered' ? [id] : [])))
  const commandOf = new Map(
    lines().flatMap(({ id, command }) => (command === undefined ? [] : [[id, command]])),
  )
  const unknown = [...answered].filter((id) => !executed.includes(commandOf.get(id) ?? ''))
  expect(unknown).toEqual([])
  expect(answered.size).toBeGreaterThan(100)
})

it('ends by itself at SIGTERM, with every outcome written', async () => {
  const { child, exited, client, lines } = await start()
  await Promise.all(Array.from({ length: 20 }, (_, number) => client.sendCommand(`say -1 ${number}`)))
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  expect(lines().filter(({ outcome }) => outcome === 'answered')).toHaveLength(20)
})

it('reads its file again at SIGHUP', async () => {
  const { child, client, said } = await start()
  child.kill('SIGHUP')
  await said('reloaded')
  expect(await client.sendCommand('say -1 still here')).toBe('')
})
