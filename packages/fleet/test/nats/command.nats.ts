import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@bercon/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NatsProcess } from './nats-process.js'

const BIN = new URL('../../dist/bin.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'bercon-fleet-'))
const file = join(folder, 'fleet.toml')
const workers: ChildProcess[] = []
let nats: NatsProcess
let simulators: Awaited<ReturnType<typeof startSimulator>>[]

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    input: 'hunter2\n',
  })
  return { status, stdout, stderr }
}

/** A worker as a process; resolves when it has taken so many servers. */
async function startWorker(id: string): Promise<ChildProcess & { readonly lines: string[] }> {
  const child = spawn(process.execPath, [BIN, 'worker', file, '--id', id], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  workers.push(child)
  const lines: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')))
  await once(child.stderr ?? child, 'data')
  return Object.assign(child, { lines })
}

/** How many servers a worker owns, by what it has said so far. */
function ownedBy(lines: readonly string[]): number {
  const owned = new Set<string>()
  for (const line of lines) {
    const [, server = '', what] = /(server-\d): (taken|expired|lost|released|abandoned)/.exec(line) ?? []
    if (what === 'taken') owned.add(server)
    else owned.delete(server)
  }
  return owned.size
}

beforeAll(async () => {
  nats = await NatsProcess.start()
  simulators = await Promise.all([1, 2, 3].map(() => startSimulator({ password: 'hunter2', bots: false })))
  writeFileSync(file, `nats = "${nats.url}"\nkey-file = "fleet.key"\nlease-ms = 4000\n`)
})

afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await Promise.all(simulators.map((simulator) => simulator.close()))
  await nats.end()
  rmSync(folder, { recursive: true })
})

it('goes through the guide: a key, servers, two workers, one of which is killed', async () => {
  const key = join(folder, 'fleet.key')
  expect(run('key', key)).toMatchObject({ status: 0 })
  expect(statSync(key).mode & 0o777).toBe(0o600)
  expect(run('key', key).stderr).toContain('EEXIST')
  for (const [index, { address, port }] of simulators.entries())
    expect(run('add', file, `server-${index}`, address, String(port))).toMatchObject({ status: 0 })
  const first = await startWorker('w1')
  await expect.poll(() => ownedBy(first.lines)).toBe(3)
  // The simulated servers are in this process, which waits for each command: they answer between two of them.
  const list = () => run('list', file).stdout.trim().split('\n')
  expect(list()[0]).toMatch(/^name +game +address +owner +state$/)
  const isUp = (row: string) => /^server-\d +arma3 +127\.0\.0\.1:\d+ +w1 +connected$/.test(row)
  await expect.poll(() => list().slice(1).map(isUp)).toEqual([true, true, true])
  const second = await startWorker('w2')
  first.kill('SIGKILL')
  await expect.poll(() => ownedBy(second.lines)).toBe(3)
  second.kill('SIGTERM')
  // With all that it has said.
  await once(second, 'close')
  for (const line of second.lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S/)
  const said = second.lines.map((line) => line.slice(line.indexOf(' ') + 1))
  expect(said).toContain('SIGTERM: handing 3 servers over')
  expect(said.filter((line) => line.includes(': released'))).toHaveLength(3)
  expect(run('remove', file, 'server-0')).toMatchObject({ status: 0, stdout: 'server-0 is removed.\n' })
  expect(run('remove', file, 'server-0')).toMatchObject({ status: 1 })
})

it.each([
  ['an unknown command', ['fly'], 'There is no command "fly"'],
  ['too few arguments', ['add', 'fleet.toml'], '"add" takes 4 arguments'],
  ['an unknown game', ['add', file, 'a', 'b', '1', '--game', 'chess'], 'arma3, dayz, reforger'],
  ['a name that is no token', ['add', file, 'a.b', '127.0.0.1', '1'], 'letters, digits'],
  ['a file that is not there', ['list', join(folder, 'none.toml')], 'none.toml'],
])('refuses %s with a sentence, and exits with 2', (_, args, sentence) => {
  const { status, stderr } = run(...args)
  expect(stderr).toContain(sentence)
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(2)
})

it('names the address where there is no NATS, without the password', () => {
  const elsewhere = join(folder, 'elsewhere.toml')
  writeFileSync(elsewhere, 'nats = "nats://ann:s3cret@127.0.0.1:9"\nkey-file = "fleet.key"\n')
  const { status, stderr } = run('list', elsewhere)
  expect(status).not.toBe(0)
  expect(stderr).toMatch(/No connection to NATS at nats:\/\/127\.0\.0\.1:9: connection refused/)
  expect(stderr).not.toContain('s3cret')
})
