import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { PasswordKey } from './password-key.js'

const folder = mkdtempSync(join(tmpdir(), 'fleet-key-'))
const altis = { name: 'altis', host: '192.0.2.1', port: 2306 }

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function fileOf(text: string, mode = 0o600): string {
  const path = join(folder, 'fleet.key')
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

it('opens what it has sealed, which looks otherwise each time', async () => {
  const key = await PasswordKey.read(fileOf(PasswordKey.newText()))
  const sealed = key.seal('pässword', altis)
  expect(key.open(sealed, altis)).toBe('pässword')
  expect(sealed).not.toContain('pässword')
  expect(key.seal('pässword', altis)).not.toBe(sealed)
})

it.each([
  ['another host', { ...altis, host: '203.0.113.9' }],
  ['another port', { ...altis, port: 2303 }],
  ['another name', { ...altis, name: 'tanoa' }],
])('does not open a password for %s, so that nobody can have it sent to theirs', (_, server) => {
  const key = new PasswordKey(new Uint8Array(32))
  const sealed = key.seal('hunter2', altis)
  expect(() => key.open(sealed, server)).toThrow(expect.objectContaining({ argument: 'password' }))
})

it('does not open what another key has sealed, or what is no sealed password', () => {
  const sealed = new PasswordKey(new Uint8Array(32).fill(1)).seal('hunter2', altis)
  const key = new PasswordKey(new Uint8Array(32).fill(2))
  for (const text of [sealed, '', 'AAAA', sealed.slice(0, 30)])
    expect(() => key.open(text, altis)).toThrow(expect.objectContaining({ argument: 'password' }))
})

it('refuses a key file that others can read, or that holds something else', async () => {
  await expect(PasswordKey.read(fileOf(PasswordKey.newText(), 0o644))).rejects.toThrow('chmod 600')
  await expect(PasswordKey.read(fileOf('short'))).rejects.toThrow('64 hexadecimal digits')
})
