import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const SCRIPT = fileURLToPath(new URL('bundle.js', import.meta.url))
const packages = fileURLToPath(new URL('../packages', import.meta.url))

const MANIFEST = {
  type: 'module',
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './b': { types: './dist/b/index.d.ts', default: './dist/b/index.js' },
    './guest': { types: './dist/guest.d.ts', default: './dist/index.js' },
    './alone': { types: './dist/alone.d.ts', default: './dist/alone.js' },
  },
  imports: { '#here': { node: './dist/on-node.js', default: './dist/elsewhere.js' } },
  bin: { a: './dist/bin.cjs' },
}

const SOURCES = {
  'src/index.ts': `import { here } from '#here'
import { alone } from './alone.js'
import { shared } from './shared.js'
export const both: string = alone + shared.length
export const place: string = here + shared.join()
export const worker: URL = new URL('./deep/worker.js', import.meta.url)
export const later = async () => (await import('./later.js')).name`,
  'src/b/index.ts': `import { shared } from '../shared.js'
export const twice: readonly string[] = [...shared, ...shared]`,
  'src/guest.ts': `import { shared } from './shared.js'
export const guests: number = shared.length`,
  'src/alone.ts': `export const alone: string = 'alone'`,
  'src/bin.ts': `#!/usr/bin/env node
import { shared } from './shared.js'
const late = async () => console.log(shared, (await import('./later.js')).name)
void late()`,
  'src/shared.ts': `export const shared: readonly string[] = ['shared']`,
  'src/later.ts': `export class Later { static readonly one = new Later() }
export const name: string = Later.name`,
  'src/on-node.ts': `export const here: string = 'on Node, '`,
  'src/elsewhere.ts': `export const here: string = 'elsewhere, '`,
  'src/deep/worker.ts': `console.log('at work')`,
  'src/unused.ts': `console.log('nobody asks for it')`,
}

/** A package with these files and more. */
function newPackage(more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const contents = { 'package.json': JSON.stringify(MANIFEST), ...SOURCES, ...more }
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    build: () => execFileSync(process.execPath, [SCRIPT], { cwd: folder, stdio: 'pipe' }),
    path: (path: string) => join(folder, path),
    read: (path: string) => readFileSync(join(folder, path), 'utf8'),
    import: (path: string) => import(/* @vite-ignore */ join(folder, path)),
    files: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .filter((path) => !(path in SOURCES) && path !== 'package.json')
        .sort(),
  }
}

const BUNDLES = [
  'dist/alone.js',
  'dist/b/index.js',
  'dist/chunks/later.js',
  'dist/elsewhere.js',
  'dist/index.js',
  'dist/on-node.js',
]
// With copies of code from the others, or from other packages.
const WHOLE = ['dist/bin.cjs', 'dist/chunks/later.cjs', 'dist/deep/worker.cjs']

const WRITTEN = [...BUNDLES.flatMap((path) => [path, `${path}.map`]), ...WHOLE].sort()

it('creates one file for each entry, each worker, and each late import', () => {
  const { build, files } = newPackage()
  build()
  expect(files()).toEqual(WRITTEN)
})

it('keeps other packages and conditional imports outside', () => {
  const { build, read } = newPackage({
    'src/b/index.ts': `import 'outside'\nimport { shared } from '../shared.js'\nshared.at(0)`,
  })
  build()
  expect(read('dist/b/index.js')).toMatch(/^import ["']outside["'];?$/m)
  expect(read('dist/index.js')).toMatch(/from ["']#here["'];?$/m)
})

it('puts code that several entries need into one of them, and copies an entry without imports', async () => {
  const built = newPackage()
  built.build()
  expect(built.read('dist/b/index.js')).toMatch(/from ["']\.\.\/index\.js["']/)
  expect(built.read('dist/index.js')).not.toMatch(/alone\.js/)
  expect(await built.import('dist/index.js')).toMatchObject({ both: 'alone1', guests: 1 })
  expect(Object.keys(await built.import('dist/alone.js'))).toEqual(['alone'])
})

it('creates a CommonJS command that keeps its first line and its late imports', () => {
  const { build, read, path } = newPackage()
  build()
  expect(read('dist/bin.cjs')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(read('dist/bin.cjs')).not.toContain('class Later')
  expect(execFileSync(process.execPath, [path('dist/bin.cjs')], { encoding: 'utf8' })).toBe(
    "[ 'shared' ] Later\n",
  )
})

it('copies the code of other packages that a worker needs into it', () => {
  const { build, read, path } = newPackage({
    'src/deep/worker.ts': `import { name } from 'near'\nconsole.log('at work', name)`,
    'node_modules/near/package.json':
      '{ "name": "near", "main": "index.js", "license": "MIT", "author": "N. N." }',
    'node_modules/near/index.js': `exports.name = 'near'`,
  })
  build()
  expect(execFileSync(process.execPath, [path('dist/deep/worker.cjs')], { encoding: 'utf8' })).toBe(
    'at work near\n',
  )
  expect(read('dist/licenses.txt')).toMatch(/near.*\n\nMIT, N\. N\./)
})

const LIBRARIES = {
  'node_modules/commander/package.json': '{ "name": "commander", "main": "index.js" }',
  'node_modules/commander/index.js': `exports.parts = require('./lib/command.js').sep`,
  'node_modules/commander/lib/command.js': `const childProcess = require('node:child_process');
exports.sep = require('node:path').sep
exports.start = () => childProcess.spawn`,
  'node_modules/commander/LICENSE': 'Do with it what you want.',
  'node_modules/crc-32/package.json': '{ "name": "crc-32", "main": "crc32.js" }',
  'node_modules/crc-32/crc32.js': `var CRC32
;(function (factory) { typeof exports === 'object' ? factory(exports) : factory((CRC32 = {})) })(function (CRC32) {
  CRC32.buf = (bytes) => -bytes.length
})`,
  'node_modules/crc-32/LICENSE': 'Say whose it is.',
}

it('contains the CommonJS libraries that each start needs, with their licenses', async () => {
  const own = `import CRC32 from 'crc-32'
import { parts } from 'commander'
export const sum: number = CRC32.buf(Uint8Array.of(1, 2))
export { parts }`
  const built = newPackage({ ...LIBRARIES, 'src/index.ts': own })
  built.build()
  rmSync(built.path('node_modules'), { recursive: true })
  expect(await built.import('dist/index.js')).toMatchObject({ sum: -2, parts: '/' })
  expect(built.read('dist/licenses.txt')).toMatch(
    /commander.*\n\nDo with it[\s\S]*crc-32.*\n\nSay whose it is\./,
  )
})

it('writes no licenses without such a library', () => {
  const { build, files } = newPackage({ 'dist/licenses.txt': 'of an older build' })
  build()
  expect(files()).toEqual(WRITTEN)
})

it('bundled code behaves like its sources', async () => {
  const built = newPackage()
  built.build()
  const { place, worker, later } = await built.import('dist/index.js')
  expect(place).toBe('on Node, shared')
  expect(worker.href).toMatch(/\/dist\/deep\/worker\.cjs$/)
  expect(await later()).toBe('Later')
})

it('the source maps name the sources of the package, without a copy of them', () => {
  const { build, read } = newPackage()
  build()
  const { sources, sourcesContent } = JSON.parse(read('dist/chunks/later.js.map'))
  expect({ sources, sourcesContent }).toEqual({ sources: ['../../src/later.ts'], sourcesContent: undefined })
})

it('removes only stale output: of older builds, removed sources, and tests', () => {
  const kept = ['dist/b/note.txt', 'dist/shared.d.ts', 'dist/shared.d.ts.map', 'src/shared.test.ts']
  const stale = ['dist/gone.d.ts', 'dist/b/gone.d.ts.map', 'dist/shared.test.d.ts', 'dist/shared.js']
  const older = ['dist/chunks/gone.js', 'dist/gone.js', 'dist/shared.js.map', '.tsbuildinfo']
  const before = Object.fromEntries([...kept, ...stale, ...older].map((path) => [path, '']))
  const { build, files } = newPackage(before)
  build()
  expect(files()).toEqual([...kept, ...WRITTEN].sort())
})

it('keeps the compiler’s notes if no declaration is stale', () => {
  const { build, files } = newPackage({ '.tsbuildinfo': '', 'dist/gone.js': '' })
  build()
  expect(files()).toEqual(['.tsbuildinfo', ...WRITTEN])
})

// The console is a page, which Vite builds.
it.each(readdirSync(packages).filter((name) => name !== 'console'))(
  '%s starts clean when it is built and when it is packed',
  (name) => {
    const { scripts, files } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
    expect(scripts).toMatchObject({
      build: 'tsc -b && node ../../tools/bundle.js',
      prepack: 'node ../../tools/bundle.js',
    })
    expect(files).toContain('CHANGELOG.md')
  },
)
