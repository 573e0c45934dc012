import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PublishedPackage } from '../workspace.js'
import { faultsOf } from './packed-package.js'

const entry = { types: './dist/index.d.ts', default: './dist/index.js' }
const found: PublishedPackage = {
  name: '@a/b',
  folder: '',
  path: 'packages/b',
  manifest: {
    name: '@a/b',
    version: '1.0.0',
    exports: { '.': entry },
    bin: { b: './dist/bin.js' },
    dependencies: { declared: '1' },
    peerDependencies: { peer: '1' },
    imports: { '#own': './dist/index.js' },
  },
  entries: [{ specifier: '@a/b', ...entry }],
}
const WHOLE = ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'dist/bin.js']
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

it('finds no fault in a package that has its files and declares its imports', () => {
  for (const path of WHOLE) write(path)
  write(
    'dist/other.js',
    "import 'declared/part'\nimport { a } from 'peer'\nimport 'node:dgram'\nimport './index.js'\nimport '#own'\n",
  )
  expect(faultsOf(found, folder)).toEqual([])
})

it('names missing, superfluous and undeclared files and imports', () => {
  for (const path of WHOLE.slice(1, -1)) write(path)
  write('dist/index.test.js')
  write('.tsbuildinfo')
  write('dist/types.d.ts', "export type { A } from 'undeclared'\n")
  expect([...faultsOf(found, folder)].sort()).toEqual([
    '@a/b: ./dist/bin.js is missing',
    '@a/b: .tsbuildinfo is of no use to its users',
    '@a/b: README.md is missing',
    '@a/b: dist/index.test.js is of no use to its users',
    '@a/b: dist/types.d.ts imports undeclared, which is no dependency',
  ])
})

it('names output of a removed source', () => {
  for (const path of WHOLE) write(path)
  for (const path of ['src/index.ts', 'src/bin.ts', 'dist/gone/old.d.ts.map']) write(path)
  write('dist/chunks/whole.js.map', '{ "sources": ["../../src/index.ts", "../../src/bin.ts"] }')
  write('dist/chunks/old.js.map', '{ "sources": ["../../src/index.ts", "../../src/gone.ts"] }')
  expect([...faultsOf(found, folder)].sort()).toEqual([
    '@a/b: dist/chunks/old.js.map was compiled from a source that is gone',
    '@a/b: dist/gone/old.d.ts.map was compiled from a source that is gone',
  ])
})
