import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { readPublic, readSecret } from './secret-file.js'

function fileWith(text: string, mode = 0o600): string {
  const path = join(temporaryFolder(), 'secret')
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

/** As on another system, until the test ends. */
function pretend(platform: NodeJS.Platform): void {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor
  Object.defineProperty(process, 'platform', { ...real, value: platform })
  onTestFinished(() => void Object.defineProperty(process, 'platform', real))
}

const refusedAs = (expected: string, message: string) =>
  expect.objectContaining({ code: 'invalid-argument', argument: 'key', value: 'a string', expected, message })

describe('a file with a secret', () => {
  it.each([
    ['hunter2', 'hunter2'],
    ['hunter2\n', 'hunter2'],
    ['hunter2\r\n', 'hunter2'],
    ['hunter2\n\n', 'hunter2\n'],
    ['two\nlines\n', 'two\nlines'],
    [' hunter2 ', ' hunter2 '],
  ])('is read without the line end after it: %j', (text, secret) => {
    expect(readSecret('key', fileWith(text))).toBe(secret)
  })

  it('is refused where every user of the machine can read it, but not on Windows, whose files have no such mode', () => {
    const path = fileWith('hunter2', 0o644)
    pretend('linux')
    const sentence = `key: every user of this machine can read ${path}; run chmod 600 ${path}`
    expect(() => readSecret('key', path)).toThrow(refusedAs('a file that not everybody can read', sentence))
    pretend('win32')
    expect(readSecret('key', path)).toBe('hunter2')
  })

  it.each(['', '\n'])('is refused when it is empty: %j', (text) => {
    const path = fileWith(text)
    const sentence = `key: ${path} is empty; write the secret into it`
    expect(() => readSecret('key', path)).toThrow(refusedAs('a file with something in it', sentence))
  })
})

it.each([readSecret, readPublic])(
  'a file that is not there, or is none, is refused by its name: %o',
  (read) => {
    const folder = temporaryFolder()
    const missing = join(folder, 'nothing')
    const expected = 'a file that can be read'
    expect(() => read('key', missing)).toThrow(refusedAs(expected, `key: there is no ${missing}`))
    expect(() => read('key', folder)).toThrow(refusedAs(expected, `key: cannot read ${folder}`))
  },
)
