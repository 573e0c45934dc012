import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const SCRIPT = fileURLToPath(new URL('stale-output.js', import.meta.url))
const packages = fileURLToPath(new URL('../packages', import.meta.url))

function newPackage(paths: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'stale-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), '')
  }
  return { folder, files: () => paths.filter((path) => existsSync(join(folder, path))) }
}

it('removes what was compiled from sources that are gone, and from tests, and nothing else', () => {
  const kept = ['src/a.ts', 'src/b/c.ts', 'dist/a.js', 'dist/a.d.ts', 'dist/b/c.js.map', 'dist/b/note.txt']
  const stale = ['dist/gone.js', 'dist/gone.d.ts', 'dist/b/gone.d.ts.map', 'dist/a.test.js', '.tsbuildinfo']
  const { folder, files } = newPackage([...kept, ...stale, 'src/a.test.ts'])
  execFileSync(process.execPath, [SCRIPT], { cwd: folder, stdio: 'ignore' })
  expect(files()).toEqual([...kept, 'src/a.test.ts'])
})

it('leaves the notes of the compiler where nothing is stale, and needs no `dist`', () => {
  const { folder, files } = newPackage(['src/a.ts', '.tsbuildinfo'])
  execFileSync(process.execPath, [SCRIPT], { cwd: folder })
  expect(files()).toEqual(['src/a.ts', '.tsbuildinfo'])
})

it.each(readdirSync(packages))('%s begins clean when it is built and when it is packed', (name) => {
  const { scripts } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  expect(scripts).toMatchObject({
    build: expect.stringMatching(/^node \.\.\/\.\.\/tools\/stale-output\.js && /),
    prepack: 'node ../../tools/stale-output.js',
  })
})
