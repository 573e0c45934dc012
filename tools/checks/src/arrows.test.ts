import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { publishedPackages, ROOT } from './workspace.js'

// The rules of biome.json, tested on sources with every allowed and every forbidden import.
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
const folder = mkdtempSync(join(tmpdir(), 'bercon-arrows-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

// The console is a page: once it is built it imports nothing.
const packages = [...publishedPackages().values()].filter(({ name }) => name !== '@bercon/console')
const LIBRARIES = [
  'node:fs',
  'node:fs/promises',
  'fs',
  'chalk',
  '@elsewhere/chalk',
  'crc-32',
  'rxjs',
  'commander',
]
const SPECIFIERS = [
  ...packages.flatMap(({ entries }) => entries.map(({ specifier }) => specifier)),
  ...LIBRARIES,
]

/** The packages that run only on Node, which no manifest states. */
const ON_NODE = [
  '@bercon/client',
  '@bercon/sync',
  '@bercon/metrics',
  '@bercon/fleet',
  '@bercon/server',
  '@bercon/conformance',
  '@bercon/gateway',
  '@bercon/cli',
]

const FORMS: readonly ((specifier: string) => string)[] = [
  (specifier) => `import { a } from '${specifier}'`,
  (specifier) => `import type { A } from '${specifier}'`,
  (specifier) => `export * from '${specifier}'`,
  (specifier) => `await import('${specifier}')`,
]

/** A package may import exactly its declared dependencies: the two lists must be equal. */
const cases = packages.map(({ name, path, manifest }) => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  const isDeclared = (specifier: string) =>
    specifier.startsWith('node:')
      ? ON_NODE.includes(name)
      : declared.some((dependency) => `${specifier}/`.startsWith(`${dependency}/`))
  return {
    name,
    path,
    allowed: [
      ...new Set([
        ...SPECIFIERS.filter(isDeclared),
        ...declared.filter(hasRoot),
        './a.js',
        '../b/c.js',
        '#inside',
      ]),
    ],
    forbidden: SPECIFIERS.filter((specifier) => !isDeclared(specifier)),
  }
})

/** Whether a library can be imported by its bare name. */
function hasRoot(name: string): boolean {
  return name !== '@noble/hashes'
}

function write(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
}

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string; readonly start: { readonly line: number } }
}

/** Where Biome finds faults against a rule, as `path:line`. */
function faultsAgainst(rule: string): readonly string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [BIOME, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (!stdout.startsWith('{')) throw new Error(`Biome found nothing to read: ${stdout}${stderr}`)
  const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout)
  return diagnostics
    .filter(({ category }) => category === `lint/${rule}`)
    .map(({ location }) => `${location.path}:${location.start.line}`)
}

cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'))
for (const { path, allowed, forbidden } of cases) {
  const lines = (specifiers: readonly string[]) =>
    specifiers.map((specifier, index) => FORMS[index % FORMS.length]?.(specifier) ?? '')
  write(`${path}/src/allowed.ts`, lines(allowed))
  write(`${path}/src/forbidden.ts`, lines(forbidden))
  write(`${path}/src/a/circle.ts`, ["import type { B } from '../b/circle.js'", 'export type A = B[]'])
  write(`${path}/src/b/circle.ts`, ["import type { A } from '../a/circle.js'", 'export type B = A | 1'])
}
const arrows = faultsAgainst('style/noRestrictedImports')
const circles = faultsAgainst('suspicious/noImportCycles')

describe.each(cases)('in $name', ({ path, allowed, forbidden }) => {
  it('an import of a declared dependency is allowed', () => {
    expect(allowed.length).toBeGreaterThan(2)
    expect(arrows.filter((fault) => fault.startsWith(`${path}/src/allowed.ts`))).toEqual([])
  })

  it('any other import is found, in every form', () => {
    const isFound = (line: number) => arrows.includes(`${path}/src/forbidden.ts:${line}`)
    expect(forbidden.length).toBeGreaterThan(2)
    expect(forbidden.filter((_specifier, index) => !isFound(index + 1))).toEqual([])
  })

  it('a circle of types between two files is found', () => {
    expect(circles).toContain(`${path}/src/a/circle.ts:1`)
    expect(circles).toContain(`${path}/src/b/circle.ts:1`)
  })
})
