import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findChromium } from './chromium.js'

const folders = [newFolder(), newFolder(), newFolder()]
const [empty = '', other = '', full = ''] = folders
writeFileSync(join(other, 'chromium'), 'not executable')
writeFileSync(join(full, 'chromium'), '')
chmodSync(join(full, 'chromium'), 0o755)

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'bercon-chromium-'))
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

it('Chromium is the first executable with its name on the search path', () => {
  expect(findChromium({ PATH: folders.join(delimiter) })).toBe(join(full, 'chromium'))
})

it.each([{}, { PATH: '' }, { PATH: [empty, other].join(delimiter) }])(
  'there is none by %j',
  (environment) => {
    expect(findChromium(environment)).toBeUndefined()
  },
)
