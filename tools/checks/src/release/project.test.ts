import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { compile } from './project.js'

const folder = mkdtempSync(join(tmpdir(), 'compile-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('code with using runs on a version of Node that does not support it', async () => {
  writeFileSync(join(folder, 'good.mts'), 'using a = { [Symbol.dispose]: (): void => {} }\nvoid a\n')
  await compile(folder, ['good.mts'], { types: [], lib: ['es2023', 'esnext.disposable'] })
  expect(readFileSync(join(folder, 'good.mjs'), 'utf8')).not.toMatch(/^using/m)
})

it('reports code that does not compile with its position', async () => {
  writeFileSync(join(folder, 'bad.mts'), "const a: number = 'one'\nvoid a\n")
  await expect(compile(folder, ['bad.mts'], { types: [] })).rejects.toThrow('bad.mts(1,7): error TS2322')
})
