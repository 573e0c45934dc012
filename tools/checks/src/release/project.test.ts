import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { compile } from './project.js'

const folder = mkdtempSync(join(tmpdir(), 'compile-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('what is written with using runs on a Node that does not know it', async () => {
  writeFileSync(join(folder, 'good.mts'), 'using a = { [Symbol.dispose]: (): void => {} }\nvoid a\n')
  await compile(folder, ['good.mts'], { types: [], lib: ['es2023', 'esnext.disposable'] })
  expect(readFileSync(join(folder, 'good.mjs'), 'utf8')).not.toMatch(/^using/m)
})

it('what does not compile is reported with its place', async () => {
  writeFileSync(join(folder, 'bad.mts'), "const a: number = 'one'\nvoid a\n")
  await expect(compile(folder, ['bad.mts'], { types: [] })).rejects.toThrow('bad.mts(1,7): error TS2322')
})
