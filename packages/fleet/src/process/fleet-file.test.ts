import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { PasswordKey } from '../nats/password-key.js'
import { readFleetFile } from './fleet-file.js'

const folder = mkdtempSync(join(tmpdir(), 'fleet-file-'))
const path = join(folder, 'fleet.toml')

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function readText(text: string) {
  writeFileSync(path, text)
  return readFleetFile(path)
}

it('reads every key, with paths beside the file', async () => {
  writeFileSync(join(folder, 'fleet.key'), PasswordKey.newText())
  chmodSync(join(folder, 'fleet.key'), 0o600)
  writeFileSync(join(folder, 'nats.password'), 'secret\n')
  const { connection, worker } = await readText(`
nats = "nats://a:4222, nats://b:4222"
user = "worker"
password-file = "nats.password"
inbox-prefix = "_INBOX_worker"
key-file = "fleet.key"
prefix = "games"
lease-ms = 30000
create = false
replicas = 3
[worker]
id = "w1"
capacity = 10
handovers-per-second = 2
max-logins = 4
`)
  expect(connection).toMatchObject({
    nats: {
      servers: ['nats://a:4222', 'nats://b:4222'],
      user: 'worker',
      pass: 'secret',
      inboxPrefix: '_INBOX_worker',
    },
    prefix: 'games',
    leaseMs: 30_000,
    replicas: 3,
    create: false,
  })
  expect(connection.key).toBeInstanceOf(PasswordKey)
  expect(worker).toEqual({ id: 'w1', capacity: 10, handoversPerSecond: 2, maxLogins: 4 })
})

it.each([
  ['nats', 'user = "x"'],
  ['natz', 'nats = "nats://a"\nnatz = 1'],
  ['lease-ms', 'nats = "nats://a"\nlease-ms = "6 s"'],
  ['worker.capasity', 'nats = "nats://a"\n[worker]\ncapasity = 3'],
  ['file', 'nats = '],
])('names the key that is wrong: %s', async (argument, text) => {
  await expect(readText(text)).rejects.toMatchObject({ code: 'invalid-argument', argument })
})

it('needs the address of NATS alone, and leaves out what is not in it', async () => {
  const { connection, worker } = await readText('nats = "nats://a"\nca-file = "ca.pem"')
  expect(connection).toEqual({
    nats: { servers: ['nats://a'], tls: { caFile: join(folder, 'ca.pem') } },
    key: undefined,
    prefix: undefined,
    leaseMs: undefined,
    create: undefined,
  })
  expect(worker).toEqual({})
  expect((await readText('nats = "nats://a"\ncreate = true')).connection.create).toBe(true)
})

it.each([
  ['user = "x"', 'nats is missing; write the address of NATS, such as nats = "nats://127.0.0.1:4222"'],
  ['nats = 7', 'nats must be a text in quotes'],
  ['nats = "a"\nlease-ms = true', 'lease-ms must be a number'],
  ['nats = "a"\ncreate = 1', 'create must be a boolean'],
  ['nats = "a"\nworker = "w1"', 'worker must be a table'],
  ['nats = "a"\n[worker]\nid = 1', 'worker.id must be a text in quotes'],
  ['natz = "a"', 'There is no key "natz"; did you mean "nats"?'],
  ['nats = "a"\ntoString = 1', 'There is no key "toString"'],
  ['nats = "a"\npassword-file = "none"', `Cannot read ${join(folder, 'none')}: ENOENT`],
])('says what is wrong, without the value: %j', async (text, sentence) => {
  await expect(readText(text)).rejects.toMatchObject({
    expected: 'as the documentation says',
    message: sentence,
  })
})

it('says where the file is not TOML, or that it is not there', async () => {
  await expect(readText('nats = ')).rejects.toThrow(`${path}: Invalid TOML document`)
  await expect(readText('nats = ')).rejects.not.toThrow('\n')
  const missing = join(folder, 'missing.toml')
  await expect(readFleetFile(missing)).rejects.toMatchObject({
    argument: 'file',
    message: `Cannot read ${missing}: ENOENT`,
  })
})
